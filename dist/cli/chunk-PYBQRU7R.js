import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
var t="0.1.0",e="https://github.com/glue-deploy-toolkit/glue-deploy-toolkit/blob/main",o="glue-deploy-toolkit/glue-deploy-toolkit",l=`https://raw.githubusercontent.com/${o}/main/schemas/glue-pipeline.schema.json`;export{t as a,e as b,o as c,l as d};
