import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
import{a as G}from"./chunk-OODUJOZU.js";import{a as L}from"./chunk-IFEGTFBY.js";import{b as _,d as N,f as R}from"./chunk-LDIZUCXC.js";import{c as A}from"./chunk-7A4MNTO6.js";import{ba as C,ca as E,da as P,ea as F,ia as $,oa as S}from"./chunk-MPFROH5S.js";import{a as V}from"./chunk-WHCYWWEF.js";import"./chunk-7NA5MFRA.js";import{b as J,k as T}from"./chunk-HQUYZCJB.js";import"./chunk-FS7HYAKI.js";import"./chunk-RWNPWTYQ.js";import"./chunk-EMHYR245.js";import"./chunk-ZU6ZFV4R.js";import{e as ce,f as j,h as D,i as I}from"./chunk-AB5OWGXC.js";import{a as y}from"./chunk-V6PKCLKS.js";import"./chunk-HKXAHFA3.js";import"./chunk-DIZ2DAO6.js";import"./chunk-DTN2ETMV.js";import"./chunk-2TCWQKGW.js";import"./chunk-Q4EER37Z.js";import"./chunk-LGZMCP6Z.js";import"./chunk-BW6DPRSO.js";import"./chunk-RH4WSIQQ.js";import"./chunk-MNPR54VH.js";import{d as le}from"./chunk-73NU5E66.js";import{access as _e,mkdir as Ne,mkdtemp as Re,rm as je,writeFile as De}from"node:fs/promises";import{tmpdir as Ie}from"node:os";import{basename as Ge,dirname as Me,join as Ue,posix as We,resolve as se}from"node:path";import{posix as M}from"node:path";function U(e){let n=M.basename(e,M.extname(e));return f(n.replace(/[_-](?:glue[_-])?job$/i,""))||"job"}function f(e){return e.toLowerCase().replaceAll(/[^a-z0-9.]+/g,"-").replaceAll(/^[-.]+|[-.]+$/g,"")}function w(e){let n=new Set;return e.map(t=>{let o=t.key;for(let i=2;n.has(o);i+=1)o=`${t.key}-${i}`;return n.add(o),{...t,key:o}})}import{readFile as me,stat as ue}from"node:fs/promises";import{join as pe,posix as fe}from"node:path";import{stat as W}from"node:fs/promises";import{join as H,posix as q}from"node:path";var de=new Set(["node_modules",".git",".venv","venv","__pycache__","site-packages"]);async function h(e,n,t){let o=new Set;for(let i of n.length===0?["."]:n){let r=await W(H(e,i)).then(l=>l.isDirectory(),()=>!1)?q.join(i,`**/*${t}`):i;for(let l of await V(e,r)){let a=q.normalize(l);if(a.split("/").some(d=>de.has(d)))continue;await W(H(e,a)).then(d=>d.isFile(),()=>!1)&&a.endsWith(t)&&!a.startsWith("..")&&o.add(a)}}return[...o].sort()}var ye=1024*1024,ge=/^[ \t]*(?:from|import)[ \t]+awsglue\b/m;async function z(e){let{workspace:n,places:t,jobName:o,name:i}=e,s=await h(n,t,".py"),r=[];for(let a of s)await he(pe(n,a))&&r.push(a);if(r.length===0)throw we(t,s.length);let l=r.map(a=>({key:U(a),script:a}));return w(l.map(a=>({...a,job:""}))).map(a=>({...a,job:o.replaceAll("${name}",i).replaceAll("${key}",a.key).replaceAll("${stem}",fe.basename(a.script,".py"))}))}async function he(e){return(await ue(e)).size>ye?!1:ge.test(await me(e,"utf8"))}function we(e,n){let t=e.length===0?"this folder":e.join(", ");return new y({code:"no-scripts",message:`None of the ${n} Python files in ${t} imports awsglue`,remedy:"Name the folder of the job scripts with --scripts, or take the live jobs with --from jobs.",source:"user"})}var K=le(ce(),1);function Y(e){let{name:n,environment:t,region:o,account:i,bucket:s,prefix:r,glueVersion:l,jobs:a,schema:m}=e,d={version:1,name:n,environments:{[t]:{region:o,...i===void 0?{}:{account:i}}},scripts:{bucket:s,prefix:r},defaults:{"glue-version":l},jobs:Object.fromEntries(a.map(u=>[u.key,be(u,l)]))};return`# yaml-language-server: $schema=${m}
# \${environment} and an environment's own variables are filled in everywhere.
${(0,K.stringify)(d,{lineWidth:0})}`}function be(e,n){return{job:e.job,script:e.script,...e.glueVersion===void 0||e.glueVersion===n?{}:{"glue-version":e.glueVersion},...e.pythonVersion===void 0?{}:{"python-version":e.pythonVersion},...e.bookmarks===!0?{bookmarks:!0}:{}}}var ke=/[-_.]/;function b(e){let[n,...t]=e;if(n===void 0||t.length===0)return"";let o=0;for(let s=0;s<n.length&&t.every(r=>r[s]===n[s]);s+=1)ke.test(n[s]??"")&&(o=s+1);let i=n.slice(0,o);return e.some(s=>s.length===i.length)?"":i}function k(e,n){let t=B(n);return e.replaceAll(new RegExp(`(?<![A-Za-z0-9])${t}(?![A-Za-z0-9])`,"g"),"${environment}")}function v(e){let n=new Map;for(let t of e)n.set(t,(n.get(t)??0)+1);return[...n].sort(([,t],[,o])=>o-t)[0]?.[0]}function Z(e,n){let t=B(n).replaceAll("\\*",".*").replaceAll("\\?",".");return new RegExp(`^${t}$`,"s").test(e)}function B(e){return e.replaceAll(/[.*+?^${}()|[\]\\]/g,"\\$&")}var x="actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",Q="actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97 # v7.0.0",ve="aws-actions/configure-aws-credentials@e6de054238d6b7531b4efff3b6587d9aade6a06c # v6.2.3";function X(e){return{".github/workflows/glue.yml":$e(e),".github/workflows/glue-rollback.yml":xe(e)}}function $e(e){let{environment:n,pythons:t,toolkit:o}=e;return`name: Glue

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
      - uses: ${x}
        with:
          persist-credentials: false
      - uses: ${Q}
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
      - uses: ${x}
        with:
          persist-credentials: false
      - uses: ${Q}
        with:
          python-version: |
${t.map(i=>`            ${i}`).join(`
`)}
${ee(e)}
      - uses: ${o}/actions/deploy-glue@v1
        with:
          manifest: ${p(e.manifest)}
          environment: ${p(n)}
`}function xe(e){let{environment:n,toolkit:t}=e;return`name: Roll Glue back

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
      - uses: ${x}
        with:
          persist-credentials: false
${ee(e)}
      - uses: ${t}/actions/deploy-glue@v1
        with:
          manifest: ${p(e.manifest)}
          environment: ${p(n)}
          mode: rollback
          rollback-to: \${{ inputs.rollback-to }}
`}function ee({region:e}){return`      - uses: ${ve}
        with:
          role-to-assume: \${{ vars.GLUE_DEPLOY_ROLE }}
          aws-region: ${p(e)}`}function p(e){return/^[A-Za-z][\w./-]*$/.test(e)&&!/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(e)?e:JSON.stringify(e)}function ne({manifest:e,written:n,jobs:t,notes:o},i,s){let r=t.length-30,l=[`Look ${e} through: the names of the jobs and of the bucket above all.`,"Check the scripts: glue-toolkit validate",...i.workflows?["Commit, push and open a pull request: its check needs nothing else."]:[],"For deploys, make a role with: glue-toolkit policy deploy and glue-toolkit policy trust",...i.workflows?["and name its ARN in the repository variable GLUE_DEPLOY_ROLE."]:[]];return[...n.map(a=>`${s.green("wrote")} ${a}`),"",...t.slice(0,30).map(({key:a,job:m,script:d})=>`${s.bold(a)}  ${m}  ${s.dim(d)}`),...r>0?[`\u2026 and ${r} more jobs`]:[],...o.map(a=>`${s.yellow("note:")} ${a}`),"",s.bold(`Next, for environment ${i.environment}:`),...l.map(a=>`  ${a}`)].join(`
`)}var Oe=200;async function te(e,n){let t=[],o;do{let i=new L({MaxResults:Oe,NextToken:o}),s=await C({service:"glue",operation:"GetJobs",resource:"*"},()=>e.send(i,P(n)));t.push(...(s.Jobs??[]).map(Le)),o=s.NextToken}while(o!==void 0&&o!=="");return t}function Le(e){let n={...e.DefaultArguments,...e.NonOverridableArguments};return{name:e.Name??"",command:e.Command?.Name??"",scriptLocation:e.Command?.ScriptLocation??"",glueVersion:e.GlueVersion,pythonVersion:e.Command?.PythonVersion,mode:e.JobMode??"SCRIPT",bookmarks:n["--job-bookmark-option"]==="job-bookmark-enable",hasExtraPyFiles:n["--extra-py-files"]!==void 0}}import{posix as g}from"node:path";function oe(e,n){let t=e.filter(r=>r.mode!=="VISUAL"&&r.scriptLocation!==""),o=b(t.map(({name:r})=>r)),i=Ee(t,n.files,n.downloadTo),s=t.map(r=>{let l=r.command!=="pythonshell"&&r.command!=="glueray";return{key:f(Ce(r.name,o,n.environment))||"job",job:k(r.name,n.environment),script:i.get(r.scriptLocation)?.path??"",glueVersion:l?r.glueVersion:void 0,pythonVersion:l?void 0:r.pythonVersion??"3.9",bookmarks:r.bookmarks}});return{candidates:w(s),downloads:[...i].flatMap(([r,{path:l,download:a}])=>a?[{uri:r,path:l}]:[]),notes:e.flatMap(Fe)}}function Ce(e,n,t){let o=e.slice(n.length).replace(new RegExp(`[-_.]${t}$`),"");return o===""?e:o}function Ee(e,n,t){let o=new Map,i=new Map(e.map(r=>[r.scriptLocation,r])),s=new Set;for(let[r,l]of i){let a=Pe(r),m=n.filter(O=>g.basename(O)===a&&!s.has(O)),[d]=m,u=g.join(t,a),c=d!==void 0&&m.length===1?d:s.has(u)||m.length>1?g.join(t,`${f(l.name)}${g.extname(a)}`):u;s.add(c),o.set(r,{path:c,download:!n.includes(c)})}return o}function Pe(e){let n=e.replace(/^s3[an]?:\/\/[^/]+\//,""),t=A(n),o=g.basename(n).replaceAll(/[^\w.-]+/g,"_");return t===void 0?o:`${t.stem}${g.extname(n)}`}function Fe(e){return e.mode==="VISUAL"?[`${e.name} is left out: its script is generated by the visual editor, which a deploy would detach`]:e.scriptLocation===""?[`${e.name} is left out: it has no script`]:e.hasExtraPyFiles?[`${e.name} has --extra-py-files: they stay as they are unless you add extra-py-files to its entry`]:[]}var Je=8;async function re(e,n){let{inputs:t,context:o,progress:i,signal:s}=e,r=E({region:n,progress:i,userAgent:`glue-deploy-toolkit/${j}`});try{let{account:l}=await F(r.sts,s),a=await te(r.glue,s),m=a.filter(({name:c})=>Se(c,t.jobs));if(m.length===0)throw Te(a.length,n);let d=oe(m,{environment:t.environment,files:[...await h(o.workspace,t.scripts,".py"),...await h(o.workspace,t.scripts,".scala")],downloadTo:t["download-to"]}),u=f(b(m.map(({name:c})=>c)));return{name:t.name??(u||`glue-${l}`),candidates:d.candidates,account:l,bucket:Ae(m,t.environment),files:await J(d.downloads,Je,c=>Ve(r,c,e)),notes:d.notes}}finally{r.destroy()}}function Se(e,n){return n.length===0||n.some(t=>Z(e,t))}function Ae(e,n){let t=e.flatMap(({scriptLocation:i})=>$(i)?.bucket??[]),o=v(t);return o===void 0?void 0:k(o,n)}async function Ve({s3:e},{uri:n,path:t},o){let i=$(n),s=i===void 0?void 0:await S(e,{name:i.bucket,owner:void 0},i.key,o);if(s!==void 0)return{path:t,content:s.bytes};throw new y({code:"live-script-missing",message:`A job's script, ${n}, is not in S3`,remedy:"Put the script into the repository under that file name, or leave the job out with --jobs.",source:"user"})}function Te(e,n){return new y({code:"no-live-jobs",message:`None of the ${e} Glue jobs in ${n} has a name that --jobs matches`,remedy:"Mend the globs, or choose another --region or other credentials.",source:"user"})}async function Zn(e){let{inputs:n,context:t}=e,{workspace:o}=t,i=We.normalize(n.manifest);n.force||await ie(o,[i]);let s=Ke(e),r=n.from==="jobs"?await re(e,s):await ze(e),l=n["glue-version"]??v(r.candidates.flatMap(c=>c.glueVersion??[]))??_,a=Y({name:r.name,environment:n.environment,region:s,account:n.account??r.account,bucket:n.bucket??r.bucket??`${r.name}-glue-scripts-\${environment}`,prefix:n.prefix,glueVersion:l,jobs:r.candidates,schema:I});await Ze(i,a);let m=r.candidates.map(c=>R(N({glueVersion:c.glueVersion??l,pythonVersion:c.pythonVersion}))),d=n.workflows?X({manifest:i,environment:n.environment,region:s,pythons:[...new Set(m)].sort(),toolkit:D}):{},u=[...r.files,{path:i,content:a},...Ye(d)];n.force||await ie(o,u.map(c=>c.path));for(let c of u)await ae(o,c.path,c.content);return He({version:1,manifest:i,written:u.map(c=>c.path),...qe(r)},e)}function He(e,{inputs:n}){let{environment:t,workflows:o}=n;return{views:{text:i=>ne(e,{environment:t,workflows:o},i),json:()=>G(e)}}}function qe({candidates:e,notes:n}){return{jobs:e.map(({key:t,job:o,script:i})=>({key:t,job:o,script:i})),notes:[...n]}}async function ze({inputs:e,context:n}){let t=e.name??(f(Ge(n.workspace))||"pipeline"),o=await z({workspace:n.workspace,places:e.scripts,jobName:e["job-name"],name:t});return{name:t,candidates:o,account:void 0,bucket:void 0,files:[],notes:[]}}function Ke({inputs:e,environment:n}){return e.region??n.AWS_REGION??n.AWS_DEFAULT_REGION??"us-east-1"}function Ye(e){return Object.entries(e).map(([n,t])=>({path:n,content:t}))}async function Ze(e,n){let t=await Re(Ue(Ie(),"glue-toolkit-init-"));try{await ae(t,e,n),await T({workspace:t,path:e})}finally{await je(t,{recursive:!0,force:!0})}}async function ie(e,n){for(let t of n)if(await _e(se(e,t)).then(()=>!0,()=>!1))throw new y({code:"file-exists",message:`${t} is there already; nothing was written`,remedy:"Move it away, or overwrite it with --force.",source:"user"})}async function ae(e,n,t){let o=se(e,n);await Ne(Me(o),{recursive:!0}),await De(o,t)}export{Zn as initEntry};
