import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
function t(r,n){return`${r} ${n}${r===1?"":"s"}`}export{t as a};
