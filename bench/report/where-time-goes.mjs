/** Seen in profiles, not measured by the run: to be looked at again whenever the code changes. */
export const whereTimeGoes =
  'Where time and memory go: while a variant has 5,000 units at most, they are read one by one for exact variances, and all metrics are computed in one go, which holds the event loop up; beyond, totals alone are read. Of the memory, 165 MB are there once the modules are imported: Node itself 41, Nest and what it stands on 47, swagger 17, TypeORM 15, the prices of models 7, and the rest in small parts.';
