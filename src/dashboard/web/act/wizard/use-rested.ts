import { useEffect, useState } from 'preact/hooks';
import { quietMilliseconds } from '../../plan/use-answer.js';

/** A value as it was when it last stayed the same for a moment: while somebody types, the one of before. */
export function useRested<T>(value: T): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), quietMilliseconds);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}
