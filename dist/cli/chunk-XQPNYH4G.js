import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
import{a as e,b as m,c as r}from"./chunk-RLSEPAJF.js";import{s as o}from"./chunk-NAKYJO4U.js";var t=class extends e(m,r,"GetJobs",o){};export{t as a};
