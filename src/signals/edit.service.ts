import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Redactor, withheld } from '../generations/redaction/redactor.service.js';
import type { Attribution } from '../metrics/attribution.service.js';
import { FeedbackService } from '../metrics/feedback.service.js';
import { editDistance } from './edit-distance.js';
import { LoggedAnswerStore } from './logged-answer.store.js';

/** An answer ends within a day of its token's signing, before or after. */
const dayMilliseconds = 86_400_000;

/** Measures how much of an answer its reader changed. */
@Injectable()
export class EditService implements OnModuleInit {
  constructor(
    private readonly answers: LoggedAnswerStore,
    private readonly redactor: Redactor,
    private readonly feedback: FeedbackService,
  ) {}

  onModuleInit(): void {
    this.feedback.offerEdits((owner, finalText) => this.editOf(owner, finalText));
  }

  /**
   * Characters changed between the logged answer and the text; null where there is no logged answer. The log's answer is
   * redacted, so the text is redacted likewise first: what both have in common then still is.
   */
  private async editOf(
    { experiment, interaction, proof }: Attribution,
    text: string,
  ): Promise<number | null> {
    if (interaction === null || proof === null) return null;
    const signedAt = proof.exposedAt.getTime();
    const from = new Date(signedAt - dayMilliseconds);
    const to = new Date(signedAt + dayMilliseconds);
    const answer = await this.answers.find(experiment.id, interaction, from, to);
    if (answer === null || answer === withheld) return null;
    return editDistance(answer, await this.redactor.redactText(text));
  }
}
