/** What goes wrong with a call, on demand. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly body?: string }
  | { readonly kind: 'rate_limited'; readonly retryAfter: number }
  | { readonly kind: 'error'; readonly error: string }
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset'; readonly when: 'before the effect' | 'after the effect' }
  | { readonly kind: 'delay'; readonly ms: number };

export interface Faults {
  /** The next `times` calls of the method go wrong. `*` is any method, `response_url` the response URLs. */
  next(method: string, fault: Fault, times?: number): void;
  /** Every call of the method goes wrong, until `clear`. */
  always(method: string, fault: Fault): void;
  /** Ends the faults of one method, or all of them. */
  clear(method?: string): void;
  /** The fault for this call, if there is one; uses it up. */
  take(method: string): Fault | undefined;
}

/** No faults until somebody asks for one; those of a method come before those of `*`. */
export function createFaults(): Faults {
  const planned: { method: string; fault: Fault; left: number }[] = [];
  const plan = (method: string, fault: Fault, left: number): void => void planned.push({ method, fault, left });
  return {
    next: (method, fault, times = 1) => plan(method, fault, times),
    always: (method, fault) => plan(method, fault, Number.POSITIVE_INFINITY),
    clear(method) {
      const kept = method === undefined ? [] : planned.filter((entry) => entry.method !== method);
      planned.splice(0, planned.length, ...kept);
    },
    take(method) {
      const entry =
        planned.find((candidate) => candidate.method === method) ??
        planned.find((candidate) => candidate.method === '*');
      if (entry === undefined) return undefined;
      entry.left -= 1;
      if (entry.left <= 0) planned.splice(planned.indexOf(entry), 1);
      return entry.fault;
    },
  };
}
