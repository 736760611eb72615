import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
var n=e=>e,t={red:n,yellow:n,green:n,cyan:n,dim:n,bold:n};export{t as a};
