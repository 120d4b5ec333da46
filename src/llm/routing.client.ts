import type { Fault } from '../operations/assay-error.js';
import type { Generation, LlmProvider } from './generation.js';
import type { GenerationStream } from './generation-stream.js';
import { LlmClient, type CallOptions } from './llm-client.js';
import type { LlmRequest, LlmSettings } from './llm-request.js';
import { providerFor, type RealProvider } from './provider-choice.js';
import { refusedConfig } from './variant-config.js';

/** Passes each call to the provider that its settings ask for. */
export class RoutingClient extends LlmClient {
  readonly provider: LlmProvider;
  private readonly configured: readonly RealProvider[];

  /** @param simulated answers where a config asks for it, and everything where no provider is configured */
  constructor(
    private readonly clients: ReadonlyMap<RealProvider, LlmClient>,
    private readonly simulated: LlmClient,
  ) {
    super();
    this.configured = [...clients.keys()];
    this.provider = this.configured[0] ?? 'simulated';
  }

  faults(settings: LlmSettings): readonly Fault[] {
    const chosen = this.choose(settings);
    return 'pointer' in chosen ? [chosen] : chosen.faults(settings);
  }

  /** Rejects with `INVALID_CONFIGURATION` when nobody can be asked; `faults` tells so beforehand. */
  async generate(request: LlmRequest, options: CallOptions): Promise<Generation> {
    return this.clientFor(request.settings).generate(request, options);
  }

  stream(request: LlmRequest, options: CallOptions): GenerationStream {
    return this.clientFor(request.settings).stream(request, options);
  }

  private clientFor(settings: LlmSettings): LlmClient {
    const chosen = this.choose(settings);
    if ('pointer' in chosen) throw refusedConfig([chosen]);
    return chosen;
  }

  private choose(settings: LlmSettings): LlmClient | Fault {
    const provider = providerFor(settings, this.configured);
    if (typeof provider !== 'string') return provider;
    return provider === 'simulated' ? this.simulated : (this.clients.get(provider) ?? this.simulated);
  }
}
