import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
import{j as t}from"./chunk-PAVGQAAE.js";import{p as o,w as m}from"./chunk-BW6DPRSO.js";var l=o(t,"AWSGlue","GlueClient",m),s={},d=(n,r,e,i)=>[];export{l as a,s as b,d as c};
