/** Version of the toolkit; the same as package.json's, which a test holds to it. */
export const version = "0.1.0";

/** Where the documentation of this version lies. */
export const documentation = "https://github.com/glue-deploy-toolkit/glue-deploy-toolkit/blob/main";

/** `owner/name` of the toolkit, as workflows name it. */
export const toolkitRepository = "glue-deploy-toolkit/glue-deploy-toolkit";

/** The manifest's JSON Schema, where editors can fetch it. */
export const schemaAddress = `https://raw.githubusercontent.com/${toolkitRepository}/main/schemas/glue-pipeline.schema.json`;
