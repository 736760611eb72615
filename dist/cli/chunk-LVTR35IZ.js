import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
import{D as e,E as m,F as r,r as o}from"./chunk-4SNGX26W.js";var t=class extends e(m,r,"GetJobs",o){};export{t as a};
