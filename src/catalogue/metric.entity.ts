import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { MetricCategory, MetricDirection, MetricKind } from './metric.js';

@Entity('metric')
export class MetricEntity {
  @PrimaryGeneratedColumn('identity', { type: 'integer' }) id!: number;
  @Column('text') key!: string;
  @Column('text') kind!: MetricKind;
  @Column('text') direction!: MetricDirection;
  @Column('text') category!: MetricCategory;
  @Column('text') unit!: string;
  @Column('double precision', { nullable: true }) min!: number | null;
  @Column('double precision', { nullable: true }) max!: number | null;
  @Column('double precision', { nullable: true }) cap!: number | null;
  @Column('text') missing!: 'exclude' | 'zero';
  @Column('boolean', { name: 'from_client' }) fromClient!: boolean;
  @Column('text', { nullable: true }) numerator!: string | null;
  @Column('text', { nullable: true }) denominator!: string | null;
  @Column('double precision', { nullable: true }) quantile!: number | null;
  @Column('text', { nullable: true }) labels!: string | null;
}
