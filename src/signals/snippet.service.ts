import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { createFeedbackClient } from '../client/feedback.client.js';

/** The script that pages load: the feedback client under the name `assay`, sending to where the script came from. */
@Injectable()
export class SnippetService {
  readonly text = [
    `globalThis.assay=(${withoutIndentation(createFeedbackClient.toString())})`,
    `({url:document.currentScript.src.replace(/\\/client\\.js.*/,'')});`,
  ].join('');
  /** Changes with the text alone. */
  readonly tag = `"${hash('sha256', this.text, 'hex').slice(0, 16)}"`;
}

function withoutIndentation(code: string): string {
  return code.replaceAll(/\s*\n\s*/g, '\n');
}
