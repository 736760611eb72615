import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
import{a as e,b as m,c as r}from"./chunk-ZTPC2TRI.js";import{s as o}from"./chunk-PAVGQAAE.js";var t=class extends e(m,r,"GetJobs",o){};export{t as a};
