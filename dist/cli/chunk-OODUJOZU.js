import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
function e(n){return`${JSON.stringify(n,null,2)}
`}export{e as a};
