import {
  anyCharacter,
  namedCharacters,
  namedSets,
  outside,
  setOf,
  type CharacterRange,
  type CharacterSet,
} from './character-sets.js';

/** The parts of a pattern. */
export type PatternNode =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly part: PatternNode; readonly least: number; readonly most: number };

/** Why a text is no pattern, in words that follow its name. */
export class PatternFault extends Error {}

const quantifierPattern = /^(?:[*+?]|\{(\d{1,4})(,(\d{1,4})?)?\})\??/;

/** Reads a pattern from left to right; throws PatternFault at what it does not know. */
export class PatternReader {
  private position = 0;

  constructor(private readonly text: string) {}

  read(): PatternNode {
    const node = this.choice();
    if (this.position < this.text.length) throw this.fault('has a ")" without "("');
    return node;
  }

  private choice(): PatternNode {
    const parts = [this.sequence()];
    while (this.take('|')) parts.push(this.sequence());
    return parts.length === 1 ? parts[0]! : { kind: 'choice', parts };
  }

  private sequence(): PatternNode {
    const parts: PatternNode[] = [];
    while (this.position < this.text.length && !this.sees('|') && !this.sees(')')) {
      parts.push(this.repeated(this.atom()));
    }
    return { kind: 'sequence', parts };
  }

  private repeated(part: PatternNode): PatternNode {
    const [quantifier, least, isRange, most] = quantifierPattern.exec(this.text.slice(this.position)) ?? [];
    if (quantifier === undefined) return part;
    if (part.kind === 'start' || part.kind === 'end') throw this.fault('repeats an anchor');
    this.position += quantifier.length;
    if (quantifierPattern.test(this.text.slice(this.position))) throw this.fault('repeats a repetition');
    if (least === undefined) {
      const isOnce = quantifier.startsWith('?');
      return { kind: 'repeat', part, least: quantifier.startsWith('+') ? 1 : 0, most: isOnce ? 1 : Infinity };
    }
    const from = Number(least);
    const to = isRange === undefined ? from : most === undefined ? Infinity : Number(most);
    if (to < from) throw this.fault(`repeats at least ${from} and at most ${to} times`);
    return { kind: 'repeat', part, least: from, most: to };
  }

  private atom(): PatternNode {
    if (this.take('(')) return this.group();
    if (this.take('[')) return { kind: 'set', set: setOf(this.bracket()) };
    if (this.take('^')) return { kind: 'start' };
    if (this.take('$')) return { kind: 'end' };
    if (this.take('.')) return { kind: 'set', set: setOf(anyCharacter) };
    if (this.take('\\')) return { kind: 'set', set: setOf(rangesOf(this.escape())) };
    if ('*+?{}]'.includes(this.text[this.position]!)) {
      throw this.fault(`has a "${this.text[this.position]}" with nothing to belong to; write \\ before it`);
    }
    return { kind: 'set', set: setOf(rangesOf(this.next())) };
  }

  private group(): PatternNode {
    if (this.sees('?') && !this.take('?:')) {
      throw this.fault('looks ahead, looks behind or names a group; only (…) and (?:…) are known');
    }
    const node = this.choice();
    if (!this.take(')')) throw this.fault('has a "(" without ")"');
    return node;
  }

  private bracket(): readonly CharacterRange[] {
    const isNegated = this.take('^');
    const ranges: CharacterRange[] = [];
    while (!this.take(']')) {
      if (this.position >= this.text.length) throw this.fault('has a "[" without "]"');
      const first = this.member();
      const hasRange = this.sees('-') && !this.text.startsWith('-]', this.position);
      if (!hasRange || typeof first !== 'number') {
        ranges.push(...rangesOf(first));
        continue;
      }
      this.position += 1;
      const last = this.member();
      if (typeof last !== 'number' || last < first)
        throw this.fault('has a range "[b-a]" that runs backwards');
      ranges.push([first, last]);
    }
    return isNegated ? outside(ranges) : ranges;
  }

  private member(): number | readonly CharacterRange[] {
    return this.take('\\') ? this.escape() : this.next();
  }

  private escape(): number | readonly CharacterRange[] {
    const letter = this.text[this.position] ?? '';
    const set = namedSets[letter];
    if (set) {
      this.position += 1;
      return set;
    }
    const [, digits] = /^u([0-9a-fA-F]{4})/.exec(this.text.slice(this.position)) ?? [];
    if (digits !== undefined) {
      this.position += 5;
      return parseInt(digits, 16);
    }
    if (letter === '' || (/[0-9A-Za-z]/.test(letter) && namedCharacters[letter] === undefined)) {
      throw this.fault(`has "\\${letter}", which is not known here`);
    }
    const code = this.next();
    return namedCharacters[letter] ?? code;
  }

  private next(): number {
    const code = this.text.codePointAt(this.position);
    if (code === undefined) throw this.fault('ends too early');
    this.position += code > 0xffff ? 2 : 1;
    return code;
  }

  private sees(part: string): boolean {
    return this.text.startsWith(part, this.position);
  }

  private take(part: string): boolean {
    if (!this.sees(part)) return false;
    this.position += part.length;
    return true;
  }

  private fault(what: string): PatternFault {
    return new PatternFault(`${what} (at character ${this.position + 1})`);
  }
}

function rangesOf(read: number | readonly CharacterRange[]): readonly CharacterRange[] {
  return typeof read === 'number' ? [[read, read]] : read;
}
