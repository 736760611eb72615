import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
import{a as W}from"./chunk-OODUJOZU.js";import{a as J}from"./chunk-LVTR35IZ.js";import{b as _}from"./chunk-PWO2GMN6.js";import{ga as S,ha as F,ia as V,ja as A,oa as L,ua as N}from"./chunk-4SNGX26W.js";import{c as G,e as I}from"./chunk-Z5TGQJRH.js";import{a as R}from"./chunk-4LGKDOFA.js";import"./chunk-5A6ZV3BZ.js";import{a as T}from"./chunk-AS563MXR.js";import"./chunk-MMMWWI6R.js";import{o as D}from"./chunk-IP57UBQI.js";import"./chunk-RWNPWTYQ.js";import"./chunk-RA6HFDON.js";import"./chunk-ZU6ZFV4R.js";import{a as j,c as M,d as U}from"./chunk-PYBQRU7R.js";import"./chunk-B4DVOZLY.js";import{g as E,h as $,i as x,j as pe}from"./chunk-QXW4NXQD.js";import{a as y}from"./chunk-M234XYOW.js";import"./chunk-5ZEZELM5.js";import"./chunk-DIZ2DAO6.js";import"./chunk-DTN2ETMV.js";import"./chunk-2TCWQKGW.js";import"./chunk-Q4EER37Z.js";import"./chunk-LGZMCP6Z.js";import"./chunk-BW6DPRSO.js";import"./chunk-RH4WSIQQ.js";import"./chunk-MNPR54VH.js";import{d as ue}from"./chunk-73NU5E66.js";import{access as je,mkdir as Me,mkdtemp as Ue,rm as We,writeFile as He}from"node:fs/promises";import{tmpdir as qe}from"node:os";import{basename as ze,dirname as Ke,join as Ye,posix as Ze,resolve as de}from"node:path";import{posix as H}from"node:path";function q(e){let n=H.basename(e,H.extname(e));return f(n.replace(/[_-](?:glue[_-])?job$/i,""))||"job"}function f(e){return e.toLowerCase().replaceAll(/[^a-z0-9.]+/g,"-").replaceAll(/^[-.]+|[-.]+$/g,"")}function w(e){let n=new Set;return e.map(t=>{let o=t.key;for(let i=2;n.has(o);i+=1)o=`${t.key}-${i}`;return n.add(o),{...t,key:o}})}import{readFile as ye,stat as ge}from"node:fs/promises";import{join as he,posix as we}from"node:path";import{stat as z}from"node:fs/promises";import{join as K,posix as Y}from"node:path";var fe=new Set(["node_modules",".git",".venv","venv","__pycache__","site-packages"]);async function h(e,n,t){let o=new Set;for(let i of n.length===0?["."]:n){let r=await z(K(e,i)).then(l=>l.isDirectory(),()=>!1)?Y.join(i,`**/*${t}`):i;for(let l of await R(e,r)){let a=Y.normalize(l);if(a.split("/").some(d=>fe.has(d)))continue;await z(K(e,a)).then(d=>d.isFile(),()=>!1)&&a.endsWith(t)&&!a.startsWith("..")&&o.add(a)}}return[...o].sort()}var ke=1024*1024,be=/^[ \t]*(?:from|import)[ \t]+awsglue\b/m;async function Z(e){let{workspace:n,places:t,jobName:o,name:i}=e,s=await h(n,t,".py"),r=[];for(let a of s)await ve(he(n,a))&&r.push(a);if(r.length===0)throw $e(t,s.length);let l=r.map(a=>({key:q(a),script:a}));return w(l.map(a=>({...a,job:""}))).map(a=>({...a,job:o.replaceAll("${name}",i).replaceAll("${key}",a.key).replaceAll("${stem}",we.basename(a.script,".py"))}))}async function ve(e){return(await ge(e)).size>ke?!1:be.test(await ye(e,"utf8"))}function $e(e,n){let t=e.length===0?"this folder":e.join(", ");return new y({code:"no-scripts",message:`None of the ${n} Python files in ${t} imports awsglue`,remedy:"Name the folder of the job scripts with --scripts, or take the live jobs with --from jobs.",source:"user"})}var B=ue(pe(),1);function Q(e){let{name:n,environment:t,region:o,account:i,bucket:s,prefix:r,glueVersion:l,jobs:a,schema:m}=e,d={version:1,name:n,environments:{[t]:{region:o,...i===void 0?{}:{account:i}}},scripts:{bucket:s,prefix:r},defaults:{"glue-version":l},jobs:Object.fromEntries(a.map(u=>[u.key,xe(u,l)]))};return`# yaml-language-server: $schema=${m}
# \${environment} and an environment's own variables are filled in everywhere.
${(0,B.stringify)(d,{lineWidth:0})}`}function xe(e,n){return{job:e.job,script:e.script,...e.glueVersion===void 0||e.glueVersion===n?{}:{"glue-version":e.glueVersion},...e.pythonVersion===void 0?{}:{"python-version":e.pythonVersion},...e.bookmarks===!0?{bookmarks:!0}:{}}}var Le=/[-_.]/;function k(e){let[n,...t]=e;if(n===void 0||t.length===0)return"";let o=0;for(let s=0;s<n.length&&t.every(r=>r[s]===n[s]);s+=1)Le.test(n[s]??"")&&(o=s+1);let i=n.slice(0,o);return e.some(s=>s.length===i.length)?"":i}function b(e,n){let t=ee(n);return e.replaceAll(new RegExp(`(?<![A-Za-z0-9])${t}(?![A-Za-z0-9])`,"g"),"${environment}")}function v(e){let n=new Map;for(let t of e)n.set(t,(n.get(t)??0)+1);return[...n].sort(([,t],[,o])=>o-t)[0]?.[0]}function X(e,n){let t=ee(n).replaceAll("\\*",".*").replaceAll("\\?",".");return new RegExp(`^${t}$`,"s").test(e)}function ee(e){return e.replaceAll(/[.*+?^${}()|[\]\\]/g,"\\$&")}var O="actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",ne="actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97 # v7.0.0",Oe="aws-actions/configure-aws-credentials@e6de054238d6b7531b4efff3b6587d9aade6a06c # v6.2.3";function te(e){return{".github/workflows/glue.yml":Pe(e),".github/workflows/glue-rollback.yml":Ce(e)}}function Pe(e){let{environment:n,pythons:t,toolkit:o}=e;return`name: Glue

on:
  pull_request:
  push:
    branches: [main]

permissions: {}

jobs:
  validate:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      contents: read
    steps:
      - uses: ${O}
        with:
          persist-credentials: false
      - uses: ${ne}
        with:
          python-version: |
${t.map(i=>`            ${i}`).join(`
`)}
      - uses: ${o}/actions/validate-glue@v1
        with:
          manifest: ${p(e.manifest)}
          environment: ${p(n)}

  deploy:
    needs: validate
    # Until the repository variable GLUE_DEPLOY_ROLE names a role, nothing is deployed.
    if: github.event_name == 'push' && vars.GLUE_DEPLOY_ROLE != ''
    runs-on: ubuntu-latest
    timeout-minutes: 30
    environment: ${p(n)}
    permissions:
      contents: read
      id-token: write # for the AWS role
    # One deploy at a time, and a deploy that runs is never cancelled.
    concurrency:
      group: ${p(`glue-${n}`)}
      cancel-in-progress: false
    steps:
      - uses: ${O}
        with:
          persist-credentials: false
      - uses: ${ne}
        with:
          python-version: |
${t.map(i=>`            ${i}`).join(`
`)}
${oe(e)}
      - uses: ${o}/actions/deploy-glue@v1
        with:
          manifest: ${p(e.manifest)}
          environment: ${p(n)}
`}function Ce(e){let{environment:n,toolkit:t}=e;return`name: Roll Glue back

on:
  workflow_dispatch:
    inputs:
      rollback-to:
        description: previous, or a release id
        type: string
        default: previous

permissions: {}

concurrency:
  group: ${p(`glue-${n}`)}
  cancel-in-progress: false

jobs:
  rollback:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    environment: ${p(n)}
    permissions:
      contents: read
      id-token: write # for the AWS role
    steps:
      - uses: ${O}
        with:
          persist-credentials: false
${oe(e)}
      - uses: ${t}/actions/deploy-glue@v1
        with:
          manifest: ${p(e.manifest)}
          environment: ${p(n)}
          mode: rollback
          rollback-to: \${{ inputs.rollback-to }}
`}function oe({region:e}){return`      - uses: ${Oe}
        with:
          role-to-assume: \${{ vars.GLUE_DEPLOY_ROLE }}
          aws-region: ${p(e)}`}function p(e){return/^[A-Za-z][\w./-]*$/.test(e)&&!/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(e)?e:JSON.stringify(e)}function re({manifest:e,written:n,jobs:t,notes:o},i,s){let r=t.length-30,l=[`Look ${e} through: the names of the jobs and of the bucket above all.`,"Check the scripts: glue-toolkit validate",...i.workflows?["Commit, push and open a pull request: its check needs nothing else."]:[],"For deploys, make a role with: glue-toolkit policy deploy and glue-toolkit policy trust",...i.workflows?["and name its ARN in the repository variable GLUE_DEPLOY_ROLE."]:[]];return[...n.map(a=>`${s.green("wrote")} ${a}`),"",...t.slice(0,30).map(({key:a,job:m,script:d})=>`${s.bold(a)}  ${m}  ${s.dim(d)}`),...r>0?[`\u2026 and ${r} more jobs`]:[],...o.map(a=>`${s.yellow("note:")} ${a}`),"",s.bold(`Next, for environment ${i.environment}:`),...l.map(a=>`  ${a}`)].join(`
`)}var Ee=200;async function ie(e,n){let t=[],o;do{let i=new J({MaxResults:Ee,NextToken:o}),s=await S({service:"glue",operation:"GetJobs",resource:"*"},()=>e.send(i,V(n)));t.push(...(s.Jobs??[]).map(Je)),o=s.NextToken}while(o!==void 0&&o!=="");return t}function Je(e){let n={...e.DefaultArguments,...e.NonOverridableArguments};return{name:e.Name??"",command:e.Command?.Name??"",scriptLocation:e.Command?.ScriptLocation??"",glueVersion:e.GlueVersion,pythonVersion:e.Command?.PythonVersion,mode:e.JobMode??"SCRIPT",bookmarks:n["--job-bookmark-option"]==="job-bookmark-enable",hasExtraPyFiles:n["--extra-py-files"]!==void 0}}import{posix as g}from"node:path";function se(e,n){let t=e.filter(r=>r.mode!=="VISUAL"&&r.scriptLocation!==""),o=k(t.map(({name:r})=>r)),i=Fe(t,n.files,n.downloadTo),s=t.map(r=>{let l=r.command!=="pythonshell"&&r.command!=="glueray";return{key:f(Se(r.name,o,n.environment))||"job",job:b(r.name,n.environment),script:i.get(r.scriptLocation)?.path??"",glueVersion:l?P($,r.glueVersion):void 0,pythonVersion:l?void 0:P(x,ae(r))??"3.9",bookmarks:r.bookmarks}});return{candidates:w(s),downloads:[...i].flatMap(([r,{path:l,download:a}])=>a?[{uri:r,path:l}]:[]),notes:e.flatMap(Ae)}}function ae({command:e,pythonVersion:n}){return e==="pythonshell"&&n==="3"?"3.6":n}function P(e,n){try{return n===void 0?void 0:e(n)}catch{return}}function Se(e,n,t){let o=e.slice(n.length).replace(new RegExp(`[-_.]${t}$`),"");return o===""?e:o}function Fe(e,n,t){let o=new Map,i=new Map(e.map(r=>[r.scriptLocation,r])),s=new Set;for(let[r,l]of i){let a=Ve(r),m=n.filter(C=>g.basename(C)===a&&!s.has(C)),[d]=m,u=g.join(t,a),c=d!==void 0&&m.length===1?d:s.has(u)||m.length>1?g.join(t,`${f(l.name)}${g.extname(a)}`):u;s.add(c),o.set(r,{path:c,download:!n.includes(c)})}return o}function Ve(e){let n=e.replace(/^s3[an]?:\/\/[^/]+\//,""),t=_(n),o=g.basename(n).replaceAll(/[^\w.-]+/g,"_");return t===void 0?o:`${t.stem}${g.extname(n)}`}function Ae(e){return e.mode==="VISUAL"?[`${e.name} is left out: its script is generated by the visual editor, which a deploy would detach`]:e.scriptLocation===""?[`${e.name} is left out: it has no script`]:[...Te(e),...Ne(e)]}function Te(e){let n=e.command!=="pythonshell"&&e.command!=="glueray",t=n?e.glueVersion:ae(e);if(t===void 0||P(n?$:x,t))return[];let o=n?`the Glue version ${t}`:`Python ${t}`;return[`${e.name} has ${o}, which this release doesn't know: set ${n?"glue-version":"python-version"} of its entry to what its script is written for`]}function Ne(e){return e.hasExtraPyFiles?[`${e.name} has --extra-py-files: they stay as they are unless you add extra-py-files to its entry`]:[]}var _e=8;async function le(e,n){let{inputs:t,context:o,progress:i,signal:s}=e,r=F({region:n,progress:i,userAgent:`glue-deploy-toolkit/${j}`});try{let{account:l}=await A(r.sts,s),a=await ie(r.glue,s),m=a.filter(({name:c})=>Re(c,t.jobs));if(m.length===0)throw Ie(a.length,n);let d=se(m,{environment:t.environment,files:[...await h(o.workspace,t.scripts,".py"),...await h(o.workspace,t.scripts,".scala")],downloadTo:t["download-to"]}),u=f(k(m.map(({name:c})=>c)));return{name:t.name??(u||`glue-${l}`),candidates:d.candidates,account:l,bucket:De(m,t.environment),files:await T(d.downloads,_e,c=>Ge(r,c,e)),notes:d.notes}}finally{r.destroy()}}function Re(e,n){return n.length===0||n.some(t=>X(e,t))}function De(e,n){let t=e.flatMap(({scriptLocation:i})=>L(i)?.bucket??[]),o=v(t);return o===void 0?void 0:b(o,n)}async function Ge({s3:e},{uri:n,path:t},o){let i=L(n),s=i===void 0?void 0:await N(e,{name:i.bucket,owner:void 0},i.key,o);if(s!==void 0)return{path:t,content:s.bytes};throw new y({code:"live-script-missing",message:`A job's script, ${n}, is not in S3`,remedy:"Put the script into the repository under that file name, or leave the job out with --jobs.",source:"user"})}function Ie(e,n){return new y({code:"no-live-jobs",message:`None of the ${e} Glue jobs in ${n} has a name that --jobs matches`,remedy:"Mend the globs, or choose another --region or other credentials.",source:"user"})}async function rt(e){let{inputs:n,context:t}=e,{workspace:o}=t,i=Ze.normalize(n.manifest);n.force||await ce(o,[i]);let s=en(e),r=n.from==="jobs"?await le(e,s):await Xe(e),l=n["glue-version"]??v(r.candidates.flatMap(c=>c.glueVersion??[]))??E,a=Q({name:r.name,environment:n.environment,region:s,account:n.account??r.account,bucket:n.bucket??r.bucket??`${r.name}-glue-scripts-\${environment}`,prefix:n.prefix,glueVersion:l,jobs:r.candidates,schema:U});await tn(i,a);let m=r.candidates.map(c=>I(G({glueVersion:c.glueVersion??l,pythonVersion:c.pythonVersion}))),d=n.workflows?te({manifest:i,environment:n.environment,region:s,pythons:[...new Set(m)].sort(),toolkit:M}):{},u=[...r.files,{path:i,content:a},...nn(d)];n.force||await ce(o,u.map(c=>c.path));for(let c of u)await me(o,c.path,c.content);return Be({version:1,manifest:i,written:u.map(c=>c.path),...Qe(r)},e)}function Be(e,{inputs:n}){let{environment:t,workflows:o}=n;return{views:{text:i=>re(e,{environment:t,workflows:o},i),json:()=>W(e)}}}function Qe({candidates:e,notes:n}){return{jobs:e.map(({key:t,job:o,script:i})=>({key:t,job:o,script:i})),notes:[...n]}}async function Xe({inputs:e,context:n}){let t=e.name??(f(ze(n.workspace))||"pipeline"),o=await Z({workspace:n.workspace,places:e.scripts,jobName:e["job-name"],name:t});return{name:t,candidates:o,account:void 0,bucket:void 0,files:[],notes:[]}}function en({inputs:e,environment:n}){return e.region??n.AWS_REGION??n.AWS_DEFAULT_REGION??"us-east-1"}function nn(e){return Object.entries(e).map(([n,t])=>({path:n,content:t}))}async function tn(e,n){let t=await Ue(Ye(qe(),"glue-toolkit-init-"));try{await me(t,e,n),await D({workspace:t,path:e})}finally{await We(t,{recursive:!0,force:!0})}}async function ce(e,n){for(let t of n)if(await je(de(e,t)).then(()=>!0,()=>!1))throw new y({code:"file-exists",message:`${t} is there already; nothing was written`,remedy:"Move it away, or overwrite it with --force.",source:"user"})}async function me(e,n,t){let o=de(e,n);await Me(Ke(o),{recursive:!0}),await He(o,t)}export{rt as initEntry};
