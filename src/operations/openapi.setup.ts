import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

const DESCRIPTION =
  'A/B tests and bandits for LLM features. Errors are application/problem+json; times RFC 3339 in UTC; durations ISO 8601.';

/** The OpenAPI 3.1 description of the application's routes, from the schemas that validate them. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Assay')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      description: 'An API key; not needed while the server has none',
    })
    .addSecurityRequirements('bearer');
  return SwaggerModule.createDocument(app, builder.build());
}

/** Serves the description: Swagger UI at `/docs`, JSON at `/docs/json`. Call it before `listen` or `init`. */
export function setupOpenApi(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'docs/json',
    yamlDocumentUrl: 'docs/yaml',
  });
}
