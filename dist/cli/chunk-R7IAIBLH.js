import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
import{a,b,c,d,e,f,g}from"./chunk-DTN2ETMV.js";import"./chunk-BW6DPRSO.js";import"./chunk-RH4WSIQQ.js";import"./chunk-MNPR54VH.js";import"./chunk-73NU5E66.js";export{f as ENV_ACCOUNT_ID,e as ENV_CREDENTIAL_SCOPE,d as ENV_EXPIRATION,a as ENV_KEY,b as ENV_SECRET,c as ENV_SESSION,g as fromEnv};
