import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
import{C as e,D as m,E as r,r as o}from"./chunk-5CYCQUDP.js";var t=class extends e(m,r,"GetJobs",o){};export{t as a};
