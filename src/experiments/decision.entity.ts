import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('decision')
export class DecisionEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' }) id!: string;
  @Column('integer', { name: 'experiment_id' }) experimentId!: number;
  @Column('timestamptz') at!: Date;
  @Column('text') actor!: string;
  @Column('text') action!: string;
  @Column('text') reason!: string;
  @Column('jsonb') evidence!: Readonly<Record<string, unknown>>;
}
