import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Scope } from '../scope.js';

/** The table `api_key`: what verifies each key, never a key. */
@Entity({ name: 'api_key' })
export class ApiKeyEntity {
  @PrimaryColumn({ type: 'text' })
  selector!: string;

  @Column({ type: 'text' })
  scope!: Scope;

  @Column({ type: 'text' })
  verifier!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'last_used_at', type: 'timestamptz', nullable: true })
  lastUsedAt!: Date | null;

  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true })
  revokedAt!: Date | null;
}
