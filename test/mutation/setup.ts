import fc from 'fast-check';

// Whether a mutant is caught is all that counts: the smallest example of it would take most of the time.
fc.configureGlobal({ endOnFailure: true });
