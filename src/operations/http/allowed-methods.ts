/** The routes of a server, by the form of their address. */
export class AllowedMethods {
  private readonly routes: { readonly form: RegExp; readonly methods: readonly string[] }[] = [];

  /** @param url as the router takes it: `:name` stands for one part, `*` at the end for the rest */
  add(methods: string | readonly string[], url: string): void {
    if (url === '*' || url === '/*') return;
    const form = url
      .replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll(/:\w+/g, '[^/]+')
      .replace(/\*$/, '.*');
    this.routes.push({ form: new RegExp(`^${form}$`), methods: [methods].flat() });
  }

  /**
   * The methods that an address has, sorted; none for one that is not there.
   *
   * @example methods.of('/v1/experiments/tone/kill'); // ['POST']
   */
  of(path: string): string[] {
    const own = this.routes.filter(({ form }) => form.test(path)).flatMap(({ methods }) => methods);
    return [...new Set(own)].sort();
  }
}
