import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
import{B as e,C as m,D as r,r as o}from"./chunk-6SHZ4FJZ.js";var t=class extends e(m,r,"GetJobs",o){};export{t as a};
