/** The name of Assay's own TypeORM data source, which leaves the default one to the application. */
export const assayDataSource = 'assay';
