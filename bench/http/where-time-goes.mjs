/** Seen in profiles, not measured by the run: to be looked at again whenever the code changes. */
export const whereTimeGoes =
  "Where the time goes, by V8's sampling profiler on the server that stores nothing: of 144 µs for a POST, 54 are the system's call that writes the answer (40 of bare Fastify's 67 for a GET under the same profiler), 10 checking the outcome with zod, 9 parsing JSON, 23 Assay's own code, and the rest Node's HTTP, Fastify and promises in small parts. What a commit costs is in the section on taking events in: there PostgreSQL, the load and the server share two cores.";
