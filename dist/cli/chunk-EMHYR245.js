import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
import{setTimeout as r}from"node:timers/promises";var s={now:()=>Date.now(),sleep:async(o,e)=>{try{await r(o,void 0,e?{signal:e}:{})}catch(t){throw e?.throwIfAborted(),t}}};export{s as a};
