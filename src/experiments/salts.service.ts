import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';

/** Where salts come from: what is drawn with one says nothing about what is drawn with another. */
@Injectable()
export class Salts {
  /** 96 random bits, in hexadecimal digits. */
  draw(): string {
    return randomBytes(12).toString('hex');
  }
}
