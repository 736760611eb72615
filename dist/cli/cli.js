#!/usr/bin/env node
import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
import{a as ot}from"./chunk-MDESSCOF.js";import{a as Be}from"./chunk-RA6HFDON.js";import{e as N,f as Q}from"./chunk-ZU6ZFV4R.js";import{a as rt,b as de}from"./chunk-PYBQRU7R.js";import{b as pe,d as it}from"./chunk-B4DVOZLY.js";import{b as et,c as ce,g as tt,h as nt,j as In}from"./chunk-QXW4NXQD.js";import{a as C,b as Ye,d as Ze,f as B,g as Qe,h as Xe}from"./chunk-M234XYOW.js";import{B as E,C as ue,I as Je,K as k,L as Ke,l as h,r as Z,x as ze,z as Ue}from"./chunk-5ZEZELM5.js";import{a as L,b as F,d as Le}from"./chunk-73NU5E66.js";var U=F(fe=>{var ie=class extends Error{constructor(e,t,i){super(i),Error.captureStackTrace(this,this.constructor),this.name=this.constructor.name,this.code=t,this.exitCode=e,this.nestedError=void 0}},he=class extends ie{constructor(e){super(1,"commander.invalidArgument",e),Error.captureStackTrace(this,this.constructor),this.name=this.constructor.name}};fe.CommanderError=ie;fe.InvalidArgumentError=he});var oe=F(_e=>{var{InvalidArgumentError:Hn}=U(),ge=class{constructor(e,t){switch(this.description=t||"",this.variadic=!1,this.parseArg=void 0,this.defaultValue=void 0,this.defaultValueDescription=void 0,this.argChoices=void 0,e[0]){case"<":this.required=!0,this._name=e.slice(1,-1);break;case"[":this.required=!1,this._name=e.slice(1,-1);break;default:this.required=!0,this._name=e;break}this._name.endsWith("...")&&(this.variadic=!0,this._name=this._name.slice(0,-3))}name(){return this._name}_collectValue(e,t){return t===this.defaultValue||!Array.isArray(t)?[e]:(t.push(e),t)}default(e,t){return this.defaultValue=e,this.defaultValueDescription=t,this}argParser(e){return this.parseArg=e,this}choices(e){return this.argChoices=e.slice(),this.parseArg=(t,i)=>{if(!this.argChoices.includes(t))throw new Hn(`Allowed choices are ${this.argChoices.join(", ")}.`);return this.variadic?this._collectValue(t,i):t},this}argRequired(){return this.required=!0,this}argOptional(){return this.required=!1,this}};function Fn(n){let e=n.name()+(n.variadic===!0?"...":"");return n.required?"<"+e+">":"["+e+"]"}_e.Argument=ge;_e.humanReadableArgName=Fn});var be=F(ye=>{var{humanReadableArgName:Nn}=oe(),$e=class{constructor(){this.helpWidth=void 0,this.minWidthToWrap=40,this.sortSubcommands=!1,this.sortOptions=!1,this.showGlobalOptions=!1}prepareContext(e){this.helpWidth=this.helpWidth??e.helpWidth??80}visibleCommands(e){let t=e.commands.filter(o=>!o._hidden),i=e._getHelpCommand();return i&&!i._hidden&&t.push(i),this.sortSubcommands&&t.sort((o,r)=>o.name().localeCompare(r.name())),t}compareOptions(e,t){let i=o=>o.short?o.short.replace(/^-/,""):o.long.replace(/^--/,"");return i(e).localeCompare(i(t))}visibleOptions(e){let t=e.options.filter(o=>!o.hidden),i=e._getHelpOption();if(i&&!i.hidden){let o=i.short&&e._findOption(i.short),r=i.long&&e._findOption(i.long);!o&&!r?t.push(i):i.long&&!r?t.push(e.createOption(i.long,i.description)):i.short&&!o&&t.push(e.createOption(i.short,i.description))}return this.sortOptions&&t.sort(this.compareOptions),t}visibleGlobalOptions(e){if(!this.showGlobalOptions)return[];let t=[];for(let i=e.parent;i;i=i.parent){let o=i.options.filter(r=>!r.hidden);t.push(...o)}return this.sortOptions&&t.sort(this.compareOptions),t}visibleArguments(e){return e._argsDescription&&e.registeredArguments.forEach(t=>{t.description=t.description||e._argsDescription[t.name()]||""}),e.registeredArguments.find(t=>t.description)?e.registeredArguments:[]}subcommandTerm(e){let t=e.registeredArguments.map(i=>Nn(i)).join(" ");return e._name+(e._aliases[0]?"|"+e._aliases[0]:"")+(e.options.length?" [options]":"")+(t?" "+t:"")}optionTerm(e){return e.flags}argumentTerm(e){return e.name()}longestSubcommandTermLength(e,t){return t.visibleCommands(e).reduce((i,o)=>Math.max(i,this.displayWidth(t.styleSubcommandTerm(t.subcommandTerm(o)))),0)}longestOptionTermLength(e,t){return t.visibleOptions(e).reduce((i,o)=>Math.max(i,this.displayWidth(t.styleOptionTerm(t.optionTerm(o)))),0)}longestGlobalOptionTermLength(e,t){return t.visibleGlobalOptions(e).reduce((i,o)=>Math.max(i,this.displayWidth(t.styleOptionTerm(t.optionTerm(o)))),0)}longestArgumentTermLength(e,t){return t.visibleArguments(e).reduce((i,o)=>Math.max(i,this.displayWidth(t.styleArgumentTerm(t.argumentTerm(o)))),0)}commandUsage(e){let t=e._name;e._aliases[0]&&(t=t+"|"+e._aliases[0]);let i="";for(let o=e.parent;o;o=o.parent)i=o.name()+" "+i;return i+t+" "+e.usage()}commandDescription(e){return e.description()}subcommandDescription(e){return e.summary()||e.description()}optionDescription(e){let t=[];if(e.argChoices&&t.push(`choices: ${e.argChoices.map(i=>JSON.stringify(i)).join(", ")}`),e.defaultValue!==void 0&&(e.required||e.optional||e.isBoolean()&&typeof e.defaultValue=="boolean")&&t.push(`default: ${e.defaultValueDescription||JSON.stringify(e.defaultValue)}`),e.presetArg!==void 0&&e.optional&&t.push(`preset: ${JSON.stringify(e.presetArg)}`),e.envVar!==void 0&&t.push(`env: ${e.envVar}`),t.length>0){let i=`(${t.join(", ")})`;return e.description?`${e.description} ${i}`:i}return e.description}argumentDescription(e){let t=[];if(e.argChoices&&t.push(`choices: ${e.argChoices.map(i=>JSON.stringify(i)).join(", ")}`),e.defaultValue!==void 0&&t.push(`default: ${e.defaultValueDescription||JSON.stringify(e.defaultValue)}`),t.length>0){let i=`(${t.join(", ")})`;return e.description?`${e.description} ${i}`:i}return e.description}formatItemList(e,t,i){return t.length===0?[]:[i.styleTitle(e),...t,""]}groupItems(e,t,i){let o=new Map;return e.forEach(r=>{let s=i(r);o.has(s)||o.set(s,[])}),t.forEach(r=>{let s=i(r);o.has(s)||o.set(s,[]),o.get(s).push(r)}),o}formatHelp(e,t){let i=t.padWidth(e,t),o=t.helpWidth??80;function r(c,d){return t.formatItem(c,i,d,t)}let s=[`${t.styleTitle("Usage:")} ${t.styleUsage(t.commandUsage(e))}`,""],a=t.commandDescription(e);a.length>0&&(s=s.concat([t.boxWrap(t.styleCommandDescription(a),o),""]));let l=t.visibleArguments(e).map(c=>r(t.styleArgumentTerm(t.argumentTerm(c)),t.styleArgumentDescription(t.argumentDescription(c))));if(s=s.concat(this.formatItemList("Arguments:",l,t)),this.groupItems(e.options,t.visibleOptions(e),c=>c.helpGroupHeading??"Options:").forEach((c,d)=>{let H=c.map(A=>r(t.styleOptionTerm(t.optionTerm(A)),t.styleOptionDescription(t.optionDescription(A))));s=s.concat(this.formatItemList(d,H,t))}),t.showGlobalOptions){let c=t.visibleGlobalOptions(e).map(d=>r(t.styleOptionTerm(t.optionTerm(d)),t.styleOptionDescription(t.optionDescription(d))));s=s.concat(this.formatItemList("Global Options:",c,t))}return this.groupItems(e.commands,t.visibleCommands(e),c=>c.helpGroup()||"Commands:").forEach((c,d)=>{let H=c.map(A=>r(t.styleSubcommandTerm(t.subcommandTerm(A)),t.styleSubcommandDescription(t.subcommandDescription(A))));s=s.concat(this.formatItemList(d,H,t))}),s.join(`
`)}displayWidth(e){return pt(e).length}styleTitle(e){return e}styleUsage(e){return e.split(" ").map(t=>t==="[options]"?this.styleOptionText(t):t==="[command]"?this.styleSubcommandText(t):t[0]==="["||t[0]==="<"?this.styleArgumentText(t):this.styleCommandText(t)).join(" ")}styleCommandDescription(e){return this.styleDescriptionText(e)}styleOptionDescription(e){return this.styleDescriptionText(e)}styleSubcommandDescription(e){return this.styleDescriptionText(e)}styleArgumentDescription(e){return this.styleDescriptionText(e)}styleDescriptionText(e){return e}styleOptionTerm(e){return this.styleOptionText(e)}styleSubcommandTerm(e){return e.split(" ").map(t=>t==="[options]"?this.styleOptionText(t):t[0]==="["||t[0]==="<"?this.styleArgumentText(t):this.styleSubcommandText(t)).join(" ")}styleArgumentTerm(e){return this.styleArgumentText(e)}styleOptionText(e){return e}styleArgumentText(e){return e}styleSubcommandText(e){return e}styleCommandText(e){return e}padWidth(e,t){return Math.max(t.longestOptionTermLength(e,t),t.longestGlobalOptionTermLength(e,t),t.longestSubcommandTermLength(e,t),t.longestArgumentTermLength(e,t))}preformatted(e){return/\n[^\S\r\n]/.test(e)}formatItem(e,t,i,o){let s=" ".repeat(2);if(!i)return s+e;let a=e.padEnd(t+e.length-o.displayWidth(e)),l=2,u=(this.helpWidth??80)-t-l-2,c;return u<this.minWidthToWrap||o.preformatted(i)?c=i:c=o.boxWrap(i,u).replace(/\n/g,`
`+" ".repeat(t+l)),s+a+" ".repeat(l)+c.replace(/\n/g,`
${s}`)}boxWrap(e,t){if(t<this.minWidthToWrap)return e;let i=e.split(/\r\n|\n/),o=/[\s]*[^\s]+/g,r=[];return i.forEach(s=>{let a=s.match(o);if(a===null){r.push("");return}let l=[a.shift()],p=this.displayWidth(l[0]);a.forEach(u=>{let c=this.displayWidth(u);if(p+c<=t){l.push(u),p+=c;return}r.push(l.join(""));let d=u.trimStart();l=[d],p=this.displayWidth(d)}),r.push(l.join(""))}),r.join(`
`)}};function pt(n){let e=/\x1b\[\d*(;\d*)*m/g;return n.replace(e,"")}ye.Help=$e;ye.stripColor=pt});var Oe=F(ve=>{var{InvalidArgumentError:Wn}=U(),we=class{constructor(e,t){this.flags=e,this.description=t||"",this.required=e.includes("<"),this.optional=e.includes("["),this.variadic=/\w\.\.\.[>\]]$/.test(e),this.mandatory=!1;let i=jn(e);this.short=i.shortFlag,this.long=i.longFlag,this.negate=!1,this.long&&(this.negate=this.long.startsWith("--no-")),this.defaultValue=void 0,this.defaultValueDescription=void 0,this.presetArg=void 0,this.envVar=void 0,this.parseArg=void 0,this.hidden=!1,this.argChoices=void 0,this.conflictsWith=[],this.implied=void 0,this.helpGroupHeading=void 0}default(e,t){return this.defaultValue=e,this.defaultValueDescription=t,this}preset(e){return this.presetArg=e,this}conflicts(e){return this.conflictsWith=this.conflictsWith.concat(e),this}implies(e){let t=e;return typeof e=="string"&&(t={[e]:!0}),this.implied=Object.assign(this.implied||{},t),this}env(e){return this.envVar=e,this}argParser(e){return this.parseArg=e,this}makeOptionMandatory(e=!0){return this.mandatory=!!e,this}hideHelp(e=!0){return this.hidden=!!e,this}_collectValue(e,t){return t===this.defaultValue||!Array.isArray(t)?[e]:(t.push(e),t)}choices(e){return this.argChoices=e.slice(),this.parseArg=(t,i)=>{if(!this.argChoices.includes(t))throw new Wn(`Allowed choices are ${this.argChoices.join(", ")}.`);return this.variadic?this._collectValue(t,i):t},this}name(){return this.long?this.long.replace(/^--/,""):this.short.replace(/^-/,"")}attributeName(){return this.negate?dt(this.name().replace(/^no-/,"")):dt(this.name())}helpGroup(e){return this.helpGroupHeading=e,this}is(e){return this.short===e||this.long===e}isBoolean(){return!this.required&&!this.optional&&!this.negate}},Ce=class{constructor(e){this.positiveOptions=new Map,this.negativeOptions=new Map,this.dualOptions=new Set,e.forEach(t=>{t.negate?this.negativeOptions.set(t.attributeName(),t):this.positiveOptions.set(t.attributeName(),t)}),this.negativeOptions.forEach((t,i)=>{this.positiveOptions.has(i)&&this.dualOptions.add(i)})}valueFromOption(e,t){let i=t.attributeName();if(!this.dualOptions.has(i))return!0;let o=this.negativeOptions.get(i).presetArg,r=o!==void 0?o:!1;return t.negate===(r===e)}};function dt(n){return n.split("-").reduce((e,t)=>e+t[0].toUpperCase()+t.slice(1))}function jn(n){let e,t,i=/^-[^-]$/,o=/^--[^-]/,r=n.split(/[ |,]+/).concat("guard");if(i.test(r[0])&&(e=r.shift()),o.test(r[0])&&(t=r.shift()),!e&&i.test(r[0])&&(e=r.shift()),!e&&o.test(r[0])&&(e=t,t=r.shift()),r[0].startsWith("-")){let s=r[0],a=`option creation failed due to '${s}' in option flags '${n}'`;throw/^-[^-][^-]/.test(s)?new Error(`${a}
- a short flag is a single dash and a single character
  - either use a single dash and a single character (for a short flag)
  - or use a double dash for a long option (and can have two, like '--ws, --workspace')`):i.test(s)?new Error(`${a}
- too many short flags`):o.test(s)?new Error(`${a}
- too many long flags`):new Error(`${a}
- unrecognised flag format`)}if(e===void 0&&t===void 0)throw new Error(`option creation failed due to no flags found in '${n}'.`);return{shortFlag:e,longFlag:t}}ve.Option=we;ve.DualOptions=Ce});var ht=F(mt=>{function Gn(n,e){if(Math.abs(n.length-e.length)>3)return Math.max(n.length,e.length);let t=[];for(let i=0;i<=n.length;i++)t[i]=[i];for(let i=0;i<=e.length;i++)t[0][i]=i;for(let i=1;i<=e.length;i++)for(let o=1;o<=n.length;o++){let r=1;n[o-1]===e[i-1]?r=0:r=1,t[o][i]=Math.min(t[o-1][i]+1,t[o][i-1]+1,t[o-1][i-1]+r),o>1&&i>1&&n[o-1]===e[i-2]&&n[o-2]===e[i-1]&&(t[o][i]=Math.min(t[o][i],t[o-2][i-2]+1))}return t[n.length][e.length]}function qn(n,e){if(!e||e.length===0)return"";e=Array.from(new Set(e));let t=n.startsWith("--");t&&(n=n.slice(2),e=e.map(s=>s.slice(2)));let i=[],o=3,r=.4;return e.forEach(s=>{if(s.length<=1)return;let a=Gn(n,s),l=Math.max(n.length,s.length);(l-a)/l>r&&(a<o?(o=a,i=[s]):a===o&&i.push(s))}),i.sort((s,a)=>s.localeCompare(a)),t&&(i=i.map(s=>`--${s}`)),i.length>1?`
(Did you mean one of ${i.join(", ")}?)`:i.length===1?`
(Did you mean ${i[0]}?)`:""}mt.suggestSimilar=qn});var $t=F(Ee=>{var Vn=L("node:events").EventEmitter,xe=L("node:child_process"),D=L("node:path"),re=L("node:fs"),m=L("node:process"),{Argument:Mn,humanReadableArgName:Ln}=oe(),{CommanderError:Se}=U(),{Help:Bn,stripColor:zn}=be(),{Option:ft,DualOptions:Un}=Oe(),{suggestSimilar:gt}=ht(),ke=class n extends Vn{constructor(e){super(),this.commands=[],this.options=[],this.parent=null,this._allowUnknownOption=!1,this._allowExcessArguments=!1,this.registeredArguments=[],this._args=this.registeredArguments,this.args=[],this.rawArgs=[],this.processedArgs=[],this._scriptPath=null,this._name=e||"",this._optionValues={},this._optionValueSources={},this._storeOptionsAsProperties=!1,this._actionHandler=null,this._executableHandler=!1,this._executableFile=null,this._executableDir=null,this._defaultCommandName=null,this._exitCallback=null,this._aliases=[],this._combineFlagAndOptionalValue=!0,this._description="",this._summary="",this._argsDescription=void 0,this._enablePositionalOptions=!1,this._passThroughOptions=!1,this._lifeCycleHooks={},this._showHelpAfterError=!1,this._showSuggestionAfterError=!0,this._savedState=null,this._outputConfiguration={writeOut:t=>m.stdout.write(t),writeErr:t=>m.stderr.write(t),outputError:(t,i)=>i(t),getOutHelpWidth:()=>m.stdout.isTTY?m.stdout.columns:void 0,getErrHelpWidth:()=>m.stderr.isTTY?m.stderr.columns:void 0,getOutHasColors:()=>Ae()??(m.stdout.isTTY&&m.stdout.hasColors?.()),getErrHasColors:()=>Ae()??(m.stderr.isTTY&&m.stderr.hasColors?.()),stripColor:t=>zn(t)},this._hidden=!1,this._helpOption=void 0,this._addImplicitHelpCommand=void 0,this._helpCommand=void 0,this._helpConfiguration={},this._helpGroupHeading=void 0,this._defaultCommandGroup=void 0,this._defaultOptionGroup=void 0}copyInheritedSettings(e){return this._outputConfiguration=e._outputConfiguration,this._helpOption=e._helpOption,this._helpCommand=e._helpCommand,this._helpConfiguration=e._helpConfiguration,this._exitCallback=e._exitCallback,this._storeOptionsAsProperties=e._storeOptionsAsProperties,this._combineFlagAndOptionalValue=e._combineFlagAndOptionalValue,this._allowExcessArguments=e._allowExcessArguments,this._enablePositionalOptions=e._enablePositionalOptions,this._showHelpAfterError=e._showHelpAfterError,this._showSuggestionAfterError=e._showSuggestionAfterError,this}_getCommandAndAncestors(){let e=[];for(let t=this;t;t=t.parent)e.push(t);return e}command(e,t,i){let o=t,r=i;typeof o=="object"&&o!==null&&(r=o,o=null),r=r||{};let[,s,a]=e.match(/([^ ]+) *(.*)/),l=this.createCommand(s);return o&&(l.description(o),l._executableHandler=!0),r.isDefault&&(this._defaultCommandName=l._name),l._hidden=!!(r.noHelp||r.hidden),l._executableFile=r.executableFile||null,a&&l.arguments(a),this._registerCommand(l),l.parent=this,l.copyInheritedSettings(this),o?this:l}createCommand(e){return new n(e)}createHelp(){return Object.assign(new Bn,this.configureHelp())}configureHelp(e){return e===void 0?this._helpConfiguration:(this._helpConfiguration=e,this)}configureOutput(e){return e===void 0?this._outputConfiguration:(this._outputConfiguration={...this._outputConfiguration,...e},this)}showHelpAfterError(e=!0){return typeof e!="string"&&(e=!!e),this._showHelpAfterError=e,this}showSuggestionAfterError(e=!0){return this._showSuggestionAfterError=!!e,this}addCommand(e,t){if(!e._name)throw new Error(`Command passed to .addCommand() must have a name
- specify the name in Command constructor or using .name()`);return t=t||{},t.isDefault&&(this._defaultCommandName=e._name),(t.noHelp||t.hidden)&&(e._hidden=!0),this._registerCommand(e),e.parent=this,e._checkForBrokenPassThrough(),this}createArgument(e,t){return new Mn(e,t)}argument(e,t,i,o){let r=this.createArgument(e,t);return typeof i=="function"?r.default(o).argParser(i):r.default(i),this.addArgument(r),this}arguments(e){return e.trim().split(/ +/).forEach(t=>{this.argument(t)}),this}addArgument(e){let t=this.registeredArguments.slice(-1)[0];if(t?.variadic)throw new Error(`only the last argument can be variadic '${t.name()}'`);if(e.required&&e.defaultValue!==void 0&&e.parseArg===void 0)throw new Error(`a default value for a required argument is never used: '${e.name()}'`);return this.registeredArguments.push(e),this}helpCommand(e,t){if(typeof e=="boolean")return this._addImplicitHelpCommand=e,e&&this._defaultCommandGroup&&this._initCommandGroup(this._getHelpCommand()),this;let i=e??"help [command]",[,o,r]=i.match(/([^ ]+) *(.*)/),s=t??"display help for command",a=this.createCommand(o);return a.helpOption(!1),r&&a.arguments(r),s&&a.description(s),this._addImplicitHelpCommand=!0,this._helpCommand=a,(e||t)&&this._initCommandGroup(a),this}addHelpCommand(e,t){return typeof e!="object"?(this.helpCommand(e,t),this):(this._addImplicitHelpCommand=!0,this._helpCommand=e,this._initCommandGroup(e),this)}_getHelpCommand(){return this._addImplicitHelpCommand??(this.commands.length&&!this._actionHandler&&!this._findCommand("help"))?(this._helpCommand===void 0&&this.helpCommand(void 0,void 0),this._helpCommand):null}hook(e,t){let i=["preSubcommand","preAction","postAction"];if(!i.includes(e))throw new Error(`Unexpected value for event passed to hook : '${e}'.
Expecting one of '${i.join("', '")}'`);return this._lifeCycleHooks[e]?this._lifeCycleHooks[e].push(t):this._lifeCycleHooks[e]=[t],this}exitOverride(e){return e?this._exitCallback=e:this._exitCallback=t=>{if(t.code!=="commander.executeSubCommandAsync")throw t},this}_exit(e,t,i){this._exitCallback&&this._exitCallback(new Se(e,t,i)),m.exit(e)}action(e){let t=i=>{let o=this.registeredArguments.length,r=i.slice(0,o);return this._storeOptionsAsProperties?r[o]=this:r[o]=this.opts(),r.push(this),e.apply(this,r)};return this._actionHandler=t,this}createOption(e,t){return new ft(e,t)}_callParseArg(e,t,i,o){try{return e.parseArg(t,i)}catch(r){if(r.code==="commander.invalidArgument"){let s=`${o} ${r.message}`;this.error(s,{exitCode:r.exitCode,code:r.code})}throw r}}_registerOption(e){let t=e.short&&this._findOption(e.short)||e.long&&this._findOption(e.long);if(t){let i=e.long&&this._findOption(e.long)?e.long:e.short;throw new Error(`Cannot add option '${e.flags}'${this._name&&` to command '${this._name}'`} due to conflicting flag '${i}'
-  already used by option '${t.flags}'`)}this._initOptionGroup(e),this.options.push(e)}_registerCommand(e){let t=o=>[o.name()].concat(o.aliases()),i=t(e).find(o=>this._findCommand(o));if(i){let o=t(this._findCommand(i)).join("|"),r=t(e).join("|");throw new Error(`cannot add command '${r}' as already have command '${o}'`)}this._initCommandGroup(e),this.commands.push(e)}addOption(e){this._registerOption(e);let t=e.name(),i=e.attributeName();if(e.negate){let r=e.long.replace(/^--no-/,"--");this._findOption(r)||this.setOptionValueWithSource(i,e.defaultValue===void 0?!0:e.defaultValue,"default")}else e.defaultValue!==void 0&&this.setOptionValueWithSource(i,e.defaultValue,"default");let o=(r,s,a)=>{r==null&&e.presetArg!==void 0&&(r=e.presetArg);let l=this.getOptionValue(i);r!==null&&e.parseArg?r=this._callParseArg(e,r,l,s):r!==null&&e.variadic&&(r=e._collectValue(r,l)),r==null&&(e.negate?r=!1:e.isBoolean()||e.optional?r=!0:r=""),this.setOptionValueWithSource(i,r,a)};return this.on("option:"+t,r=>{let s=`error: option '${e.flags}' argument '${r}' is invalid.`;o(r,s,"cli")}),e.envVar&&this.on("optionEnv:"+t,r=>{let s=`error: option '${e.flags}' value '${r}' from env '${e.envVar}' is invalid.`;o(r,s,"env")}),this}_optionEx(e,t,i,o,r){if(typeof t=="object"&&t instanceof ft)throw new Error("To add an Option object use addOption() instead of option() or requiredOption()");let s=this.createOption(t,i);if(s.makeOptionMandatory(!!e.mandatory),typeof o=="function")s.default(r).argParser(o);else if(o instanceof RegExp){let a=o;o=(l,p)=>{let u=a.exec(l);return u?u[0]:p},s.default(r).argParser(o)}else s.default(o);return this.addOption(s)}option(e,t,i,o){return this._optionEx({},e,t,i,o)}requiredOption(e,t,i,o){return this._optionEx({mandatory:!0},e,t,i,o)}combineFlagAndOptionalValue(e=!0){return this._combineFlagAndOptionalValue=!!e,this}allowUnknownOption(e=!0){return this._allowUnknownOption=!!e,this}allowExcessArguments(e=!0){return this._allowExcessArguments=!!e,this}enablePositionalOptions(e=!0){return this._enablePositionalOptions=!!e,this}passThroughOptions(e=!0){return this._passThroughOptions=!!e,this._checkForBrokenPassThrough(),this}_checkForBrokenPassThrough(){if(this.parent&&this._passThroughOptions&&!this.parent._enablePositionalOptions)throw new Error(`passThroughOptions cannot be used for '${this._name}' without turning on enablePositionalOptions for parent command(s)`)}storeOptionsAsProperties(e=!0){if(this.options.length)throw new Error("call .storeOptionsAsProperties() before adding options");if(Object.keys(this._optionValues).length)throw new Error("call .storeOptionsAsProperties() before setting option values");return this._storeOptionsAsProperties=!!e,this}getOptionValue(e){return this._storeOptionsAsProperties?this[e]:this._optionValues[e]}setOptionValue(e,t){return this.setOptionValueWithSource(e,t,void 0)}setOptionValueWithSource(e,t,i){return this._storeOptionsAsProperties?this[e]=t:this._optionValues[e]=t,this._optionValueSources[e]=i,this}getOptionValueSource(e){return this._optionValueSources[e]}getOptionValueSourceWithGlobals(e){let t;return this._getCommandAndAncestors().forEach(i=>{i.getOptionValueSource(e)!==void 0&&(t=i.getOptionValueSource(e))}),t}_prepareUserArgs(e,t){if(e!==void 0&&!Array.isArray(e))throw new Error("first parameter to parse must be array or undefined");if(t=t||{},e===void 0&&t.from===void 0){m.versions?.electron&&(t.from="electron");let o=m.execArgv??[];(o.includes("-e")||o.includes("--eval")||o.includes("-p")||o.includes("--print"))&&(t.from="eval")}e===void 0&&(e=m.argv),this.rawArgs=e.slice();let i;switch(t.from){case void 0:case"node":this._scriptPath=e[1],i=e.slice(2);break;case"electron":m.defaultApp?(this._scriptPath=e[1],i=e.slice(2)):i=e.slice(1);break;case"user":i=e.slice(0);break;case"eval":i=e.slice(1);break;default:throw new Error(`unexpected parse option { from: '${t.from}' }`)}return!this._name&&this._scriptPath&&this.nameFromFilename(this._scriptPath),this._name=this._name||"program",i}parse(e,t){this._prepareForParse();let i=this._prepareUserArgs(e,t);return this._parseCommand([],i),this}async parseAsync(e,t){this._prepareForParse();let i=this._prepareUserArgs(e,t);return await this._parseCommand([],i),this}_prepareForParse(){this._savedState===null?this.saveStateBeforeParse():this.restoreStateBeforeParse()}saveStateBeforeParse(){this._savedState={_name:this._name,_optionValues:{...this._optionValues},_optionValueSources:{...this._optionValueSources}}}restoreStateBeforeParse(){if(this._storeOptionsAsProperties)throw new Error(`Can not call parse again when storeOptionsAsProperties is true.
- either make a new Command for each call to parse, or stop storing options as properties`);this._name=this._savedState._name,this._scriptPath=null,this.rawArgs=[],this._optionValues={...this._savedState._optionValues},this._optionValueSources={...this._savedState._optionValueSources},this.args=[],this.processedArgs=[]}_checkForMissingExecutable(e,t,i){if(re.existsSync(e))return;let o=t?`searched for local subcommand relative to directory '${t}'`:"no directory for search for local subcommand, use .executableDir() to supply a custom directory",r=`'${e}' does not exist
 - if '${i}' is not meant to be an executable command, remove description parameter from '.command()' and use '.description()' instead
 - if the default executable name is not suitable, use the executableFile option to supply a custom name or path
 - ${o}`;throw new Error(r)}_executeSubCommand(e,t){t=t.slice();let i=!1,o=[".js",".ts",".tsx",".mjs",".cjs"];function r(u,c){let d=D.resolve(u,c);if(re.existsSync(d))return d;if(o.includes(D.extname(c)))return;let H=o.find(A=>re.existsSync(`${d}${A}`));if(H)return`${d}${H}`}this._checkForMissingMandatoryOptions(),this._checkForConflictingOptions();let s=e._executableFile||`${this._name}-${e._name}`,a=this._executableDir||"";if(this._scriptPath){let u;try{u=re.realpathSync(this._scriptPath)}catch{u=this._scriptPath}a=D.resolve(D.dirname(u),a)}if(a){let u=r(a,s);if(!u&&!e._executableFile&&this._scriptPath){let c=D.basename(this._scriptPath,D.extname(this._scriptPath));c!==this._name&&(u=r(a,`${c}-${e._name}`))}s=u||s}i=o.includes(D.extname(s));let l;m.platform!=="win32"?i?(t.unshift(s),t=_t(m.execArgv).concat(t),l=xe.spawn(m.argv[0],t,{stdio:"inherit"})):l=xe.spawn(s,t,{stdio:"inherit"}):(this._checkForMissingExecutable(s,a,e._name),t.unshift(s),t=_t(m.execArgv).concat(t),l=xe.spawn(m.execPath,t,{stdio:"inherit"})),l.killed||["SIGUSR1","SIGUSR2","SIGTERM","SIGINT","SIGHUP"].forEach(c=>{m.on(c,()=>{l.killed===!1&&l.exitCode===null&&l.kill(c)})});let p=this._exitCallback;l.on("close",u=>{u=u??1,p?p(new Se(u,"commander.executeSubCommandAsync","(close)")):m.exit(u)}),l.on("error",u=>{if(u.code==="ENOENT")this._checkForMissingExecutable(s,a,e._name);else if(u.code==="EACCES")throw new Error(`'${s}' not executable`);if(!p)m.exit(1);else{let c=new Se(1,"commander.executeSubCommandAsync","(error)");c.nestedError=u,p(c)}}),this.runningCommand=l}_dispatchSubcommand(e,t,i){let o=this._findCommand(e);o||this.help({error:!0}),o._prepareForParse();let r;return r=this._chainOrCallSubCommandHook(r,o,"preSubcommand"),r=this._chainOrCall(r,()=>{if(o._executableHandler)this._executeSubCommand(o,t.concat(i));else return o._parseCommand(t,i)}),r}_dispatchHelpCommand(e){e||this.help();let t=this._findCommand(e);return t&&!t._executableHandler&&t.help(),this._dispatchSubcommand(e,[],[this._getHelpOption()?.long??this._getHelpOption()?.short??"--help"])}_checkNumberOfArguments(){this.registeredArguments.forEach((e,t)=>{e.required&&this.args[t]==null&&this.missingArgument(e.name())}),!(this.registeredArguments.length>0&&this.registeredArguments[this.registeredArguments.length-1].variadic)&&this.args.length>this.registeredArguments.length&&this._excessArguments(this.args)}_processArguments(){let e=(i,o,r)=>{let s=o;if(o!==null&&i.parseArg){let a=`error: command-argument value '${o}' is invalid for argument '${i.name()}'.`;s=this._callParseArg(i,o,r,a)}return s};this._checkNumberOfArguments();let t=[];this.registeredArguments.forEach((i,o)=>{let r=i.defaultValue;i.variadic?o<this.args.length?(r=this.args.slice(o),i.parseArg&&(r=r.reduce((s,a)=>e(i,a,s),i.defaultValue))):r===void 0&&(r=[]):o<this.args.length&&(r=this.args[o],i.parseArg&&(r=e(i,r,i.defaultValue))),t[o]=r}),this.processedArgs=t}_chainOrCall(e,t){return e?.then&&typeof e.then=="function"?e.then(()=>t()):t()}_chainOrCallHooks(e,t){let i=e,o=[];return this._getCommandAndAncestors().reverse().filter(r=>r._lifeCycleHooks[t]!==void 0).forEach(r=>{r._lifeCycleHooks[t].forEach(s=>{o.push({hookedCommand:r,callback:s})})}),t==="postAction"&&o.reverse(),o.forEach(r=>{i=this._chainOrCall(i,()=>r.callback(r.hookedCommand,this))}),i}_chainOrCallSubCommandHook(e,t,i){let o=e;return this._lifeCycleHooks[i]!==void 0&&this._lifeCycleHooks[i].forEach(r=>{o=this._chainOrCall(o,()=>r(this,t))}),o}_parseCommand(e,t){let i=this.parseOptions(t);if(this._parseOptionsEnv(),this._parseOptionsImplied(),e=e.concat(i.operands),t=i.unknown,this.args=e.concat(t),e&&this._findCommand(e[0]))return this._dispatchSubcommand(e[0],e.slice(1),t);if(this._getHelpCommand()&&e[0]===this._getHelpCommand().name())return this._dispatchHelpCommand(e[1]);if(this._defaultCommandName)return this._outputHelpIfRequested(t),this._dispatchSubcommand(this._defaultCommandName,e,t);this.commands.length&&this.args.length===0&&!this._actionHandler&&!this._defaultCommandName&&this.help({error:!0}),this._outputHelpIfRequested(i.unknown),this._checkForMissingMandatoryOptions(),this._checkForConflictingOptions();let o=()=>{i.unknown.length>0&&this.unknownOption(i.unknown[0])},r=`command:${this.name()}`;if(this._actionHandler){o(),this._processArguments();let s;return s=this._chainOrCallHooks(s,"preAction"),s=this._chainOrCall(s,()=>this._actionHandler(this.processedArgs)),this.parent&&(s=this._chainOrCall(s,()=>{this.parent.emit(r,e,t)})),s=this._chainOrCallHooks(s,"postAction"),s}if(this.parent?.listenerCount(r))o(),this._processArguments(),this.parent.emit(r,e,t);else if(e.length){if(this._findCommand("*"))return this._dispatchSubcommand("*",e,t);this.listenerCount("command:*")?this.emit("command:*",e,t):this.commands.length?this.unknownCommand():(o(),this._processArguments())}else this.commands.length?(o(),this.help({error:!0})):(o(),this._processArguments())}_findCommand(e){if(e)return this.commands.find(t=>t._name===e||t._aliases.includes(e))}_findOption(e){return this.options.find(t=>t.is(e))}_checkForMissingMandatoryOptions(){this._getCommandAndAncestors().forEach(e=>{e.options.forEach(t=>{t.mandatory&&e.getOptionValue(t.attributeName())===void 0&&e.missingMandatoryOptionValue(t)})})}_checkForConflictingLocalOptions(){let e=this.options.filter(i=>{let o=i.attributeName();return this.getOptionValue(o)===void 0?!1:this.getOptionValueSource(o)!=="default"});e.filter(i=>i.conflictsWith.length>0).forEach(i=>{let o=e.find(r=>i.conflictsWith.includes(r.attributeName()));o&&this._conflictingOption(i,o)})}_checkForConflictingOptions(){this._getCommandAndAncestors().forEach(e=>{e._checkForConflictingLocalOptions()})}parseOptions(e){let t=[],i=[],o=t;function r(u){return u.length>1&&u[0]==="-"}let s=u=>/^-(\d+|\d*\.\d+)(e[+-]?\d+)?$/.test(u)?!this._getCommandAndAncestors().some(c=>c.options.map(d=>d.short).some(d=>/^-\d$/.test(d))):!1,a=null,l=null,p=0;for(;p<e.length||l;){let u=l??e[p++];if(l=null,u==="--"){o===i&&o.push(u),o.push(...e.slice(p));break}if(a&&(!r(u)||s(u))){this.emit(`option:${a.name()}`,u);continue}if(a=null,r(u)){let c=this._findOption(u);if(c){if(c.required){let d=e[p++];d===void 0&&this.optionMissingArgument(c),this.emit(`option:${c.name()}`,d)}else if(c.optional){let d=null;p<e.length&&(!r(e[p])||s(e[p]))&&(d=e[p++]),this.emit(`option:${c.name()}`,d)}else this.emit(`option:${c.name()}`);a=c.variadic?c:null;continue}}if(u.length>2&&u[0]==="-"&&u[1]!=="-"){let c=this._findOption(`-${u[1]}`);if(c){c.required||c.optional&&this._combineFlagAndOptionalValue?this.emit(`option:${c.name()}`,u.slice(2)):(this.emit(`option:${c.name()}`),l=`-${u.slice(2)}`);continue}}if(/^--[^=]+=/.test(u)){let c=u.indexOf("="),d=this._findOption(u.slice(0,c));if(d&&(d.required||d.optional)){this.emit(`option:${d.name()}`,u.slice(c+1));continue}}if(o===t&&r(u)&&!(this.commands.length===0&&s(u))&&(o=i),(this._enablePositionalOptions||this._passThroughOptions)&&t.length===0&&i.length===0){if(this._findCommand(u)){t.push(u),i.push(...e.slice(p));break}else if(this._getHelpCommand()&&u===this._getHelpCommand().name()){t.push(u,...e.slice(p));break}else if(this._defaultCommandName){i.push(u,...e.slice(p));break}}if(this._passThroughOptions){o.push(u,...e.slice(p));break}o.push(u)}return{operands:t,unknown:i}}opts(){if(this._storeOptionsAsProperties){let e={},t=this.options.length;for(let i=0;i<t;i++){let o=this.options[i].attributeName();e[o]=o===this._versionOptionName?this._version:this[o]}return e}return this._optionValues}optsWithGlobals(){return this._getCommandAndAncestors().reduce((e,t)=>Object.assign(e,t.opts()),{})}error(e,t){this._outputConfiguration.outputError(`${e}
`,this._outputConfiguration.writeErr),typeof this._showHelpAfterError=="string"?this._outputConfiguration.writeErr(`${this._showHelpAfterError}
`):this._showHelpAfterError&&(this._outputConfiguration.writeErr(`
`),this.outputHelp({error:!0}));let i=t||{},o=i.exitCode||1,r=i.code||"commander.error";this._exit(o,r,e)}_parseOptionsEnv(){this.options.forEach(e=>{if(e.envVar&&e.envVar in m.env){let t=e.attributeName();(this.getOptionValue(t)===void 0||["default","config","env"].includes(this.getOptionValueSource(t)))&&(e.required||e.optional?this.emit(`optionEnv:${e.name()}`,m.env[e.envVar]):this.emit(`optionEnv:${e.name()}`))}})}_parseOptionsImplied(){let e=new Un(this.options),t=i=>this.getOptionValue(i)!==void 0&&!["default","implied"].includes(this.getOptionValueSource(i));this.options.filter(i=>i.implied!==void 0&&t(i.attributeName())&&e.valueFromOption(this.getOptionValue(i.attributeName()),i)).forEach(i=>{Object.keys(i.implied).filter(o=>!t(o)).forEach(o=>{this.setOptionValueWithSource(o,i.implied[o],"implied")})})}missingArgument(e){let t=`error: missing required argument '${e}'`;this.error(t,{code:"commander.missingArgument"})}optionMissingArgument(e){let t=`error: option '${e.flags}' argument missing`;this.error(t,{code:"commander.optionMissingArgument"})}missingMandatoryOptionValue(e){let t=`error: required option '${e.flags}' not specified`;this.error(t,{code:"commander.missingMandatoryOptionValue"})}_conflictingOption(e,t){let i=s=>{let a=s.attributeName(),l=this.getOptionValue(a),p=this.options.find(c=>c.negate&&a===c.attributeName()),u=this.options.find(c=>!c.negate&&a===c.attributeName());return p&&(p.presetArg===void 0&&l===!1||p.presetArg!==void 0&&l===p.presetArg)?p:u||s},o=s=>{let a=i(s),l=a.attributeName();return this.getOptionValueSource(l)==="env"?`environment variable '${a.envVar}'`:`option '${a.flags}'`},r=`error: ${o(e)} cannot be used with ${o(t)}`;this.error(r,{code:"commander.conflictingOption"})}unknownOption(e){if(this._allowUnknownOption)return;let t="";if(e.startsWith("--")&&this._showSuggestionAfterError){let o=[],r=this;do{let s=r.createHelp().visibleOptions(r).filter(a=>a.long).map(a=>a.long);o=o.concat(s),r=r.parent}while(r&&!r._enablePositionalOptions);t=gt(e,o)}let i=`error: unknown option '${e}'${t}`;this.error(i,{code:"commander.unknownOption"})}_excessArguments(e){if(this._allowExcessArguments)return;let t=this.registeredArguments.length,i=t===1?"":"s",r=`error: too many arguments${this.parent?` for '${this.name()}'`:""}. Expected ${t} argument${i} but got ${e.length}.`;this.error(r,{code:"commander.excessArguments"})}unknownCommand(){let e=this.args[0],t="";if(this._showSuggestionAfterError){let o=[];this.createHelp().visibleCommands(this).forEach(r=>{o.push(r.name()),r.alias()&&o.push(r.alias())}),t=gt(e,o)}let i=`error: unknown command '${e}'${t}`;this.error(i,{code:"commander.unknownCommand"})}version(e,t,i){if(e===void 0)return this._version;this._version=e,t=t||"-V, --version",i=i||"output the version number";let o=this.createOption(t,i);return this._versionOptionName=o.attributeName(),this._registerOption(o),this.on("option:"+o.name(),()=>{this._outputConfiguration.writeOut(`${e}
`),this._exit(0,"commander.version",e)}),this}description(e,t){return e===void 0&&t===void 0?this._description:(this._description=e,t&&(this._argsDescription=t),this)}summary(e){return e===void 0?this._summary:(this._summary=e,this)}alias(e){if(e===void 0)return this._aliases[0];let t=this;if(this.commands.length!==0&&this.commands[this.commands.length-1]._executableHandler&&(t=this.commands[this.commands.length-1]),e===t._name)throw new Error("Command alias can't be the same as its name");let i=this.parent?._findCommand(e);if(i){let o=[i.name()].concat(i.aliases()).join("|");throw new Error(`cannot add alias '${e}' to command '${this.name()}' as already have command '${o}'`)}return t._aliases.push(e),this}aliases(e){return e===void 0?this._aliases:(e.forEach(t=>this.alias(t)),this)}usage(e){if(e===void 0){if(this._usage)return this._usage;let t=this.registeredArguments.map(i=>Ln(i));return[].concat(this.options.length||this._helpOption!==null?"[options]":[],this.commands.length?"[command]":[],this.registeredArguments.length?t:[]).join(" ")}return this._usage=e,this}name(e){return e===void 0?this._name:(this._name=e,this)}helpGroup(e){return e===void 0?this._helpGroupHeading??"":(this._helpGroupHeading=e,this)}commandsGroup(e){return e===void 0?this._defaultCommandGroup??"":(this._defaultCommandGroup=e,this)}optionsGroup(e){return e===void 0?this._defaultOptionGroup??"":(this._defaultOptionGroup=e,this)}_initOptionGroup(e){this._defaultOptionGroup&&!e.helpGroupHeading&&e.helpGroup(this._defaultOptionGroup)}_initCommandGroup(e){this._defaultCommandGroup&&!e.helpGroup()&&e.helpGroup(this._defaultCommandGroup)}nameFromFilename(e){return this._name=D.basename(e,D.extname(e)),this}executableDir(e){return e===void 0?this._executableDir:(this._executableDir=e,this)}helpInformation(e){let t=this.createHelp(),i=this._getOutputContext(e);t.prepareContext({error:i.error,helpWidth:i.helpWidth,outputHasColors:i.hasColors});let o=t.formatHelp(this,t);return i.hasColors?o:this._outputConfiguration.stripColor(o)}_getOutputContext(e){e=e||{};let t=!!e.error,i,o,r;return t?(i=a=>this._outputConfiguration.writeErr(a),o=this._outputConfiguration.getErrHasColors(),r=this._outputConfiguration.getErrHelpWidth()):(i=a=>this._outputConfiguration.writeOut(a),o=this._outputConfiguration.getOutHasColors(),r=this._outputConfiguration.getOutHelpWidth()),{error:t,write:a=>(o||(a=this._outputConfiguration.stripColor(a)),i(a)),hasColors:o,helpWidth:r}}outputHelp(e){let t;typeof e=="function"&&(t=e,e=void 0);let i=this._getOutputContext(e),o={error:i.error,write:i.write,command:this};this._getCommandAndAncestors().reverse().forEach(s=>s.emit("beforeAllHelp",o)),this.emit("beforeHelp",o);let r=this.helpInformation({error:i.error});if(t&&(r=t(r),typeof r!="string"&&!Buffer.isBuffer(r)))throw new Error("outputHelp callback must return a string or a Buffer");i.write(r),this._getHelpOption()?.long&&this.emit(this._getHelpOption().long),this.emit("afterHelp",o),this._getCommandAndAncestors().forEach(s=>s.emit("afterAllHelp",o))}helpOption(e,t){return typeof e=="boolean"?(e?(this._helpOption===null&&(this._helpOption=void 0),this._defaultOptionGroup&&this._initOptionGroup(this._getHelpOption())):this._helpOption=null,this):(this._helpOption=this.createOption(e??"-h, --help",t??"display help for command"),(e||t)&&this._initOptionGroup(this._helpOption),this)}_getHelpOption(){return this._helpOption===void 0&&this.helpOption(void 0,void 0),this._helpOption}addHelpOption(e){return this._helpOption=e,this._initOptionGroup(e),this}help(e){this.outputHelp(e);let t=Number(m.exitCode??0);t===0&&e&&typeof e!="function"&&e.error&&(t=1),this._exit(t,"commander.help","(outputHelp)")}addHelpText(e,t){let i=["beforeAll","before","after","afterAll"];if(!i.includes(e))throw new Error(`Unexpected value for position to addHelpText.
Expecting one of '${i.join("', '")}'`);let o=`${e}Help`;return this.on(o,r=>{let s;typeof t=="function"?s=t({error:r.error,command:r.command}):s=t,s&&r.write(`${s}
`)}),this}_outputHelpIfRequested(e){let t=this._getHelpOption();t&&e.find(o=>t.is(o))&&(this.outputHelp(),this._exit(0,"commander.helpDisplayed","(outputHelp)"))}};function _t(n){return n.map(e=>{if(!e.startsWith("--inspect"))return e;let t,i="127.0.0.1",o="9229",r;return(r=e.match(/^(--inspect(-brk)?)$/))!==null?t=r[1]:(r=e.match(/^(--inspect(-brk|-port)?)=([^:]+)$/))!==null?(t=r[1],/^\d+$/.test(r[3])?o=r[3]:i=r[3]):(r=e.match(/^(--inspect(-brk|-port)?)=([^:]+):(\d+)$/))!==null&&(t=r[1],i=r[3],o=r[4]),t&&o!=="0"?`${t}=${i}:${parseInt(o)+1}`:e})}function Ae(){if(m.env.NO_COLOR||m.env.FORCE_COLOR==="0"||m.env.FORCE_COLOR==="false")return!1;if(m.env.FORCE_COLOR||m.env.CLICOLOR_FORCE!==void 0)return!0}Ee.Command=ke;Ee.useColor=Ae});var Ct=F(S=>{var{Argument:yt}=oe(),{Command:Te}=$t(),{CommanderError:Jn,InvalidArgumentError:bt}=U(),{Help:Kn}=be(),{Option:wt}=Oe();S.program=new Te;S.createCommand=n=>new Te(n);S.createOption=(n,e)=>new wt(n,e);S.createArgument=(n,e)=>new yt(n,e);S.Command=Te;S.Option=wt;S.Argument=yt;S.Help=Kn;S.CommanderError=Jn;S.InvalidArgumentError=bt;S.InvalidOptionArgumentError=bt});import{existsSync as no}from"node:fs";import{join as io}from"node:path";function st(){for(let n of[process.stdout,process.stderr])n.on("error",e=>{if(e.code!=="EPIPE")throw e})}function f(n,e){return T(n,e,{parse:t=>t===""?void 0:t})}function P(n,e){return T(n,e,{parse:t=>t===""?e:t})}function j(n){return T(n,void 0,{kind:"list",parse:e=>e.split(`
`).map(t=>t.trim()).filter(t=>t!==""&&!t.startsWith("#"))})}function z(n){return T(n,void 0,{kind:"list",parse:e=>e.split(/[\s,]+/).filter(t=>t!=="")})}function $(n,e){let t=h().toLowerCase().pipe(k(["true","false"]));return T(n,String(e),{kind:"flag",choices:["true","false"],parse:i=>i===""?e:t.parse(i)==="true"})}function y(n,e,t){return T(n,t,{choices:e,parse:i=>i===""?t:k(e).parse(i)})}function at(n,e){return T(n,e,{parse:t=>t===""?e===void 0?void 0:ce(e):ce(t)})}function X(n,e){return T(n,e,{parse:t=>t===""?e:nt(t)})}function G(n){return T(n,void 0,{parse:e=>{if(e!==""){if(!/^[1-9]\d{0,8}$/.test(e))throw new Error("must be a whole number, 1 or more");return Number(e)}}})}function me(n){return T(n,void 0,{parse:e=>{if(e!==""){if(!/^\d{1,12}(?:\.\d{1,6})?$/.test(e)||Number(e)===0)throw new Error("must be a number above 0, such as 1500 or 0.5");return Number(e)}}})}function lt(n,e){return n.choices?`must be one of ${n.choices.join(", ")}`:B(e)}function T(n,e,t){return e===void 0?{description:n,...t}:{description:n,default:e,...t}}var Pn={name:n=>`input ${n}`,remedy:n=>`Set ${n} in the workflow's "with:" block as its README says.`};function ut(n,e,t=Pn){let i=Object.keys(n.inputs),o=Object.keys(e).filter(s=>!i.includes(s)).map(s=>Dn(n.id,s,i)),r=Object.entries(n.inputs).map(([s,a])=>{let l=(e[s]??"").trim();try{return[s,a.parse(l)]}catch(p){return o.push(Rn(s,l,lt(a,p),t)),[s,void 0]}});return Ze(`inputs of ${n.id}`,o),Object.fromEntries(r)}function Dn(n,e,t){return new C({code:"unknown-input",message:`${n} has no input "${e}".${et(e,t)}`,remedy:`Inputs of ${n}: ${t.join(", ")}.`,source:"user"})}function Rn(n,e,t,i){return new C({code:"invalid-input",message:`${i.name(n)}: "${e}" ${t.startsWith("must")?t:`is not allowed: ${t}`}`,remedy:i.remedy(n),source:"user"})}var O=P("Path of the manifest","glue-pipeline.yml"),x=f("Environment of the manifest; may be left out where it has only one");function q(n){let e=`auto keeps one comment on the pull request up to date with ${n}; needs pull-requests: write, and where that is missing says so and goes on`;return y(e,["auto","never"],"auto")}var V={...f("Token for GitHub's API; the job's own as it is"),default:"${{ github.token }}"},ee=$("Fail where a job's own Python is not installed, instead of checking with the nearest one",!1);function v(n){return{description:n,schema:h()}}function te(n){return{description:n,schema:h().regex(/^\d+$/)}}var ne={id:"deploy-glue",name:"Deploy Glue scripts",description:"Uploads AWS Glue scripts under content-versioned keys and repoints the jobs without losing one other setting",branding:{icon:"upload-cloud",color:"orange"},inputs:{manifest:O,environment:x,jobs:z("Only these jobs, by their names in the manifest"),mode:y("deploy, only plan, or roll back to an earlier release",["deploy","plan","rollback"],"deploy"),"rollback-to":f("previous, or a release by its id, the beginning of its id or of its commit; for mode: rollback, where empty means previous, and for mode: plan, which then plans that rollback"),validate:$("Check the scripts first; nothing is uploaded while an error stands",!0),"allow-glue-version-change":$("Deploy although a live job has another Glue version than the manifest",!1),"on-older-commit":y("What to do where a job runs a newer commit than the one to deploy",["fail","warn","allow"],"fail"),"on-running":y("What to do about a job with runs in flight",["warn","wait","fail"],"warn"),"keep-releases":G("How many releases to keep, 1 or more; older ones and the scripts only they used are deleted. Empty keeps all"),comment:q("the plan or what was deployed"),"github-deployment":$("Report the deploy or rollback as a GitHub deployment of the environment, with the release's id; needs deployments: write",!1),"github-token":V,"plan-file":f("File of the plan as JSON. Modes plan and rollback write it; mode deploy reads it and applies that plan or nothing: the file must be there and hold a plan"),python:f("Python interpreter for the check, instead of looking for the job's own"),"python-strict":ee},outputs:{result:{description:"deployed, unchanged, planned, rolled-back or failed",schema:k(["deployed","unchanged","planned","rolled-back","failed"])},"release-id":v("Id of the release"),"jobs-changed":v("Names of the Glue jobs that changed, as JSON"),"jobs-unchanged":v("Names of the Glue jobs that did not, as JSON"),"plan-file":v("Path of the plan file, if one was asked for"),"release-uri":v("S3 URI of the release record")}};var vt=Le(Ct(),1),{program:Ao,createCommand:Eo,createArgument:To,createOption:Io,CommanderError:se,InvalidArgumentError:Po,InvalidOptionArgumentError:Do,Command:Ot,Argument:ae,Option:Ie,Help:Ro}=vt.default;var R={comment:"never","github-token":""},Pe={name:n=>`--${n}`,remedy:n=>`See --help for what --${n} takes.`};function At(n){let e=new Set([...Object.keys(n.preset??{}),...n.without??[],...(n.positional??[]).filter(({option:t})=>t!==!0).map(({input:t})=>t)]);return Object.entries(n.contract.inputs).filter(([t])=>!e.has(t))}function Et(n,e){for(let t of e.positional??[]){let i=e.contract.inputs[t.input],o=`${t.shown}${t.many===!0?"...":""}`,r=new ae(t.required===!0?`<${o}>`:`[${o}]`,Xn(i,t.required===!0));i?.choices!==void 0&&r.choices(i.choices),n.addArgument(r)}for(let[t,i]of At(e))n.addOption(Qn(t,i))}function Yn(n,e){if(e.kind==="flag")return e.default==="true"?`--no-${n}`:`--${n}`;let t=ei(n,e.choices!==void 0);return`${n.endsWith("-step")?`--${n.replace("-step","")}, `:""}--${n} <${t}${e.kind==="list"?"...":""}>`}function Zn(n){return n.kind==="list"?`${n.description}; may be repeated`:n.kind==="flag"&&n.default==="true"?`${n.description} (on by default; this turns it off)`:n.description}function Qn(n,e){let t=Yn(n,e),o=e.kind===void 0&&e.default!==void 0?` (default: ${e.default})`:"",r=new Ie(t,`${Zn(e)}${o}`);return e.choices===void 0||e.kind==="flag"?r:r.choices(e.choices)}function Xn(n,e){return n===void 0?"":n.default===void 0||e?n.description:`${n.description} (default: ${n.default})`}function ei(n,e=!1){return e?"value":/file$|^manifest$|^report-dir$|^download-to$|^python$/.test(n)?"path":/^keep-|^max-|^limit$/.test(n)?"number":n==="timeout"?"duration":n.split("-").at(-1)??"value"}function Tt(n,e,t){let i={...n.preset};for(let[o,{input:r}]of(n.positional??[]).entries()){xt(n,r,e[o],`argument "${r}"`);let s=St(e[o]);s!==void 0&&(i[r]=s)}for(let[o]of At(n)){xt(n,o,t[kt(o)],`option ${Pe.name(o)}`);let r=St(t[kt(o)]);r!==void 0&&(i[o]=i[o]===void 0?r:`${i[o]}
${r}`)}return i}function xt(n,e,t,i){let o=Array.isArray(t)?t:[t];if(!(n.mayBeEmpty?.includes(e)===!0||o.every(r=>r!=="")))throw new C({code:"invalid-input",message:`The ${i} is empty`,remedy:"Give it a value, or leave it out. A variable in the command may not be set.",source:"user"})}function St(n){if(n!==void 0)return Array.isArray(n)?n.join(`
`):String(n)}function kt(n){return new Ie(`--${n}`).attributeName()}var De=async n=>(await import("./chunk-UWMHDVF7.js")).deployGlueEntry(n),ti=async n=>{let{releaseAmongJobs:e}=await import("./chunk-R64QLSXV.js");return De({...n,inputs:await e(n)})},Re={input:"jobs",shown:"jobs",many:!0,option:!0},It={name:"plan",summary:"show what a deploy would change; changes nothing",description:"Compares the checkout with the live jobs and shows every change, with the scripts' own diff.",contract:ne,preset:{...R,"github-deployment":"false",mode:"plan"},without:["keep-releases"],mayBeEmpty:["rollback-to"],positional:[Re],examples:[{command:"plan --environment dev",what:"all jobs"},{command:"plan silver-consolidation --environment dev",what:"one job, by its name in the manifest"},{command:"plan --environment dev --plan-file plan.json",what:"keep the plan, for deploy --plan-file"},{command:"plan --environment dev --rollback-to previous",what:"what a rollback would change"}],run:De},Pt={name:"deploy",summary:"release the scripts: all jobs or none",description:"Checks the scripts, uploads them under keys that their own hash names, repoints the jobs, reads them back and keeps a record. When anything fails, or on Ctrl-C, the jobs that moved are moved back.",contract:ne,preset:{...R,"github-deployment":"false",mode:"deploy"},without:["rollback-to"],positional:[Re],examples:[{command:"deploy --environment dev",what:"all jobs"},{command:"deploy --environment dev --plan-file plan.json",what:"that plan, or nothing"},{command:"deploy --environment dev --on-running wait",what:"wait for runs in flight first"}],run:De},Dt={name:"rollback",summary:"go back to an earlier release",description:"Without jobs it undoes the newest release, with jobs the newest change of each of them. With a release it goes to the state right after it; the beginning of its id, or of its commit, is enough; a job of the manifest with such a name is the job. It goes by the release records alone: no scripts, no build. A second rollback to previous returns to where you were, except after an interrupted deploy, which the first one undoes alone. plan --rollback-to shows what it would change.",contract:ne,preset:{...R,"github-deployment":"false",mode:"rollback"},without:["validate","python","allow-glue-version-change","plan-file","keep-releases","on-older-commit"],positional:[{...Re,shown:"release or jobs"}],mayBeEmpty:["rollback-to"],examples:[{command:"rollback --environment dev",what:"undo the newest release"},{command:"rollback 20251105T180309Z-3f2a9c81b0de-17 --environment dev",what:"to the state after that release; releases list shows the ids"},{command:"rollback 3f2a9c81 --environment dev",what:"to the state after the release of that commit"},{command:"rollback silver-consolidation --environment dev",what:"undo the newest change of one job"}],run:ti};var Rt={id:"run-e2e",name:"Run the Glue pipeline end to end",description:"Cleans, runs and validates a whole pipeline (S3, Lambda, crawlers, Glue jobs, Athena) and says exactly what failed and why",branding:{icon:"play-circle",color:"orange"},inputs:{manifest:O,environment:x,"confirm-clean":f("Must equal the environment's name, or cleaning is refused"),"from-step":f("Start at this step; what comes before it counts as done"),"until-step":f("Stop after this step"),"only-step":f("Run this step alone, without cleaning; all it needs counts as done"),arguments:j("Arguments of this run alone: --name=value for every job, or step: --name=value for the job of one step"),"skip-clean":$("Neither empty S3 prefixes nor reset bookmarks",!1),"expect-release":f("Fail before the run unless the jobs run this release: a release id, or current"),timeout:at("Limit of the whole run","2h"),"max-dpu-seconds":me("Fail the run when its jobs use more DPU-seconds than this"),"max-scan-mb":me("Fail the run when its queries scan more megabytes than this"),resume:y("Whether a re-run of the workflow run goes on where its last attempt ended: what passed is kept, what is still running is followed on",["auto","never"],"auto"),comment:q("the result"),"github-token":V,"report-dir":P("Folder for the reports","reports"),"report-language":y("Language of the reports",["en","pt-BR"],"en")},outputs:{result:{description:"passed, failed, timed-out or cancelled",schema:k(["passed","failed","timed-out","cancelled"])},"failed-step":v("The first step that failed"),"report-markdown":v("Path of the Markdown report"),"report-html":v("Path of the HTML report"),"report-json":v("Path of the JSON report"),"report-junit":v("Path of the JUnit XML report")}};var Ht={name:"e2e",summary:"run the pipeline end to end and check its data",description:"Looks everything up, cleans, runs the steps of the manifest's e2e part and writes reports that say what failed and why. Ctrl-C stops what this run has started, and nothing else.",contract:Rt,preset:R,examples:[{command:"e2e --environment dev --confirm-clean dev",what:"everything, from clean buckets on"},{command:"e2e --environment dev --from-step silver --skip-clean",what:"go on after a fix"},{command:"e2e --environment dev --only check-counts",what:"one step alone, on the data as it is"},{command:'e2e --environment dev --skip-clean --arguments="--day=2026-01-31"',what:"with an argument of this run"},{command:"e2e --environment dev --confirm-clean dev --expect-release current",what:"only if the jobs run the newest release"}],run:async n=>(await import("./chunk-NH4VOY6F.js")).runE2eEntry(n)};var Nt={id:"init",inputs:{from:y("Where the jobs come from: the repository's scripts (no AWS needed), or the account's live jobs",["scripts","jobs"],"scripts"),scripts:j("Folders or globs that hold the job scripts; else every file that imports awsglue"),jobs:j("Globs over the names of the live jobs to take, for --from jobs; else all of them"),"job-name":P("Names of the Glue jobs, for --from scripts: ${name}, ${key}, ${stem} and ${environment} are filled in","${name}-${key}-${environment}"),name:f("Name of the pipeline; else what the live jobs' names share, else the folder's name"),environment:P("Name of the first environment","dev"),region:f("AWS region; else that of the AWS environment variables, else us-east-1"),account:f("Account of the environment, which guards it against deploys to another"),bucket:f("S3 bucket for deployed scripts; else where the live scripts lie, else <name>-glue-scripts"),prefix:P("Key prefix below which deploys write","glue_jobs/"),"glue-version":X("Glue version that the jobs share; else the most frequent one, else 5.0"),"download-to":P("Folder for live scripts that the repository hasn't got","glue_jobs"),manifest:O,workflows:$("Write the GitHub workflows too",!0),force:$("Overwrite files that are there",!1)}};var Wt={name:"init",summary:"write a manifest and the workflows",description:"Writes glue-pipeline.yml from the repository's scripts (no AWS needed) or from the account's live jobs, and the workflows that check pull requests, deploy and roll back. Nothing that is there is overwritten.",contract:Nt,examples:[{command:"init --scripts glue_jobs",what:"one job for each script in a folder"},{command:"init --scripts glue_jobs --name datalake --job-name 'acme-${key}-${environment}'",what:"say how the jobs are called"},{command:"init --from jobs --jobs 'datalake-*-dev' --environment dev",what:"the live jobs of that name; scripts that the repository lacks are downloaded"}],run:async n=>(await import("./chunk-WJWPUQFW.js")).initEntry(n)};var jt={id:"policy",inputs:{mode:y("What the role is for; trust is who may assume it",["plan","deploy","rollback","e2e","trust"],"deploy"),manifest:O,environment:x,account:f("Twelve digits; else the manifest's account, else that of the credentials"),roles:z("ARNs of the roles that the jobs run under; else they are read from the live jobs"),"kms-keys":z("ARNs of the customer managed keys that encrypt the buckets"),prunes:$("Whether deploys are given keep-releases",!1),repository:f("owner/name on GitHub, for trust; else the origin of this checkout"),part:G("Which document to print, where the policy takes more than one; else all are printed"),partition:y("The AWS partition",["aws","aws-cn","aws-us-gov"],"aws")}};var Gt={name:"policy",summary:"print the IAM policy that a mode needs, and no more",description:"Prints the policy of plan, deploy, rollback or e2e for your manifest, or with trust who may assume the role. The output is the document itself, for aws iam or Terraform.",contract:jt,positional:[{input:"mode",shown:"mode"}],examples:[{command:"policy deploy --environment dev > deploy.json",what:"roles are read from the live jobs"},{command:"policy deploy --environment dev --roles arn:aws:iam::123456789012:role/glue-jobs",what:"needs no AWS, where the manifest names its account"},{command:"policy trust --environment dev --repository acme/datalake",what:"who may assume the role"}],run:async n=>(await import("./chunk-IYXQY2YN.js")).policyEntry(n)};var qt={id:"releases list",inputs:{manifest:O,environment:x,limit:G("How many to show, newest first; 20 when left out")}},Vt={id:"releases diff",inputs:{manifest:O,environment:x,from:f("Release to compare: its id, or the beginning of its id or of its commit"),to:f("Release to compare it with, named in the same way")}},Mt={id:"releases prune",inputs:{manifest:O,environment:x,keep:G("How many applied releases to keep, 1 or more"),"dry-run":$("Show what would be deleted, and delete nothing",!1)}};var Lt={name:"releases list",summary:"list the releases of an environment, newest first",description:"Lists releases with their status: applied, rolled-back (undone) or pending.",contract:qt,examples:[{command:"releases list --environment dev",what:"the newest twenty"},{command:"releases list --environment dev --limit 5 --json",what:"as JSON"}],run:async n=>(await import("./chunk-MPLIK5KW.js")).listReleasesEntry(n)},Bt={name:"releases diff",summary:"show what differs between two releases",description:"Compares the states after two applied releases: where each job points, and the scripts' text.",contract:Vt,positional:[{input:"from",shown:"from",required:!0},{input:"to",shown:"to",required:!0}],examples:[{command:"releases diff 20251105T180309Z-3f2a9c81b0de-17 20251106T090112Z-9be01c77d2aa-18 --environment dev",what:"from the older to the newer"}],run:async n=>(await import("./chunk-MPLIK5KW.js")).diffReleasesEntry(n)},zt={name:"releases prune",summary:"delete old releases and the scripts that only they used",description:"Keeps the newest applied releases, the newest two that changed each job, and every script and library that a kept release, a live job or a run in flight uses. Releases are deleted some hundreds at a time, until none is left to delete.",contract:Mt,examples:[{command:"releases prune --environment dev --keep 20 --dry-run",what:"what would be deleted"},{command:"releases prune --environment dev --keep 20",what:"delete it"}],run:async n=>(await import("./chunk-ZLPHKGHO.js")).pruneReleasesEntry(n)};var He={id:"validate-glue",name:"Validate Glue scripts",description:"Byte-compiles every AWS Glue script with the job's own Python and finds orphan code after job.commit()",branding:{icon:"check-circle",color:"orange"},inputs:{manifest:{...O,description:"Path of the manifest; not needed when paths is given"},paths:j("Globs of scripts to check without a manifest, one per line"),environment:x,"glue-version":X("Glue version of the scripts in paths",tt),"changed-only":y("Check only what the pull request or push changed; auto does so on pull requests",["true","false","auto"],"false"),"fail-on":y("The least severity that fails the action",["error","warning","never"],"error"),fix:$("Delete orphan lines in the workspace's files, where nothing is proven to need them",!1),"dry-run":$("With fix, show what would be deleted and write nothing",!1),"findings-file":f("Where to write the findings as JSON"),"sarif-file":f("Where to write the findings as SARIF 2.1.0, for code scanning"),comment:q("the findings, and suggests the fix on its lines"),"github-token":V,python:f("Python interpreter to use instead of looking for the job's own"),"python-strict":ee},outputs:{result:{description:"passed or failed",schema:k(["passed","failed"])},"scripts-checked":te("Number of scripts checked"),errors:te("Number of errors"),warnings:te("Number of warnings"),"findings-file":v("Path of the findings file, if one was asked for"),"sarif-file":v("Path of the SARIF file, if one was asked for")}};var Ut=async n=>(await import("./chunk-2STX42BV.js")).validateGlueEntry(n),Jt=[{input:"paths",shown:"paths",many:!0}],Kt={name:"validate",summary:"check the scripts; needs no AWS",description:"Compiles every script of the manifest with its job's own Python, and finds orphan code after job.commit(). No script is imported or executed. With paths, those files are checked and no manifest is needed.",contract:He,preset:{...R,fix:"false","dry-run":"false"},positional:Jt,examples:[{command:"validate",what:"check every script that glue-pipeline.yml names"},{command:"validate 'glue_jobs/*.py' --glue-version 4.0",what:"check files, with no manifest"},{command:"validate --fail-on warning --sarif-file findings.sarif",what:"be stricter; write SARIF"},{command:"validate --json",what:"the findings as JSON on stdout"}],run:Ut},Yt={name:"fix",summary:"delete orphan lines from the scripts",description:"Checks the scripts and deletes orphan lines whose removal is proven to lose nothing. The diff is shown first; on a terminal you are asked. A file is written at once or not at all, only when no error is left in it, and the command that undoes it is printed. What remains decides the exit code.",contract:He,preset:{...R,fix:"true"},without:["sarif-file"],positional:Jt,examples:[{command:"fix --dry-run",what:"show what would be deleted"},{command:"fix",what:"fix the scripts of the manifest"},{command:"fix glue_jobs/silver_consolidation_job.py",what:"fix one file"}],run:Ut};var Zt=[Wt,Kt,Yt,It,Pt,Dt,Lt,Bt,zt,Ht,Gt];function Qt(n){return n.replaceAll(/^(\s*:)(?=:)/gm,"$1\u200B").replaceAll("##[","##\u200B[")}function le(n){return n.replaceAll("##[","##\\u005b")}function Xt(n,e){return`#compdef ${n}
compdef _${n} ${n}

# zsh completion for ${n} -*- shell-script -*-

__${n}_debug() {
    local file="$BASH_COMP_DEBUG_FILE"
    if [[ -n \${file} ]]; then
        echo "$*" >> "\${file}"
    fi
}

_${n}() {
    local shellCompDirectiveError=${g.ShellCompDirectiveError}
    local shellCompDirectiveNoSpace=${g.ShellCompDirectiveNoSpace}
    local shellCompDirectiveNoFileComp=${g.ShellCompDirectiveNoFileComp}
    local shellCompDirectiveFilterFileExt=${g.ShellCompDirectiveFilterFileExt}
    local shellCompDirectiveFilterDirs=${g.ShellCompDirectiveFilterDirs}
    local shellCompDirectiveKeepOrder=${g.ShellCompDirectiveKeepOrder}

    local lastParam lastChar flagPrefix requestComp out directive comp lastComp noSpace keepOrder
    local -a completions

    __${n}_debug "\\n========= starting completion logic =========="
    __${n}_debug "CURRENT: \${CURRENT}, words[*]: \${words[*]}"

    # The user could have moved the cursor backwards on the command-line.
    # We need to trigger completion from the $CURRENT location, so we need
    # to truncate the command-line ($words) up to the $CURRENT location.
    # (We cannot use $CURSOR as its value does not work when a command is an alias.)
    words=( "\${=words[1,CURRENT]}" )
    __${n}_debug "Truncated words[*]: \${words[*]},"

    lastParam=\${words[-1]}
    lastChar=\${lastParam[-1]}
    __${n}_debug "lastParam: \${lastParam}, lastChar: \${lastChar}"

    # For zsh, when completing a flag with an = (e.g., ${n} -n=<TAB>)
    # completions must be prefixed with the flag
    setopt local_options BASH_REMATCH
    if [[ "\${lastParam}" =~ '-.*=' ]]; then
        # We are dealing with a flag with an =
        flagPrefix="-P \${BASH_REMATCH}"
    fi

    # Prepare the command to obtain completions, ensuring arguments are quoted for eval
    local -a args_to_quote=("\${(@)words[2,-1]}")
    if [ "\${lastChar}" = "" ] && [ "\${args_to_quote[-1]}" != "" ]; then
        # If the last parameter is complete (there is a space following it)
        # We add an extra empty parameter so we can indicate this to the go completion code.
        __${n}_debug "Adding extra empty parameter"
        args_to_quote+=("")
    fi

    # Use Zsh's (q) flag to quote each argument safely for eval
    local quoted_args=("\${(@q)args_to_quote}")

    # Join the main command and the quoted arguments into a single string for eval
    requestComp="${e} complete -- \${quoted_args[*]}"

    __${n}_debug "About to call: eval \${requestComp}"

    # Use eval to handle any environment variables and such
    out=$(eval \${requestComp} 2>/dev/null)
    __${n}_debug "completion output: \${out}"

    # Extract the directive integer following a : from the last line
    local lastLine
    while IFS='
' read -r line; do
        lastLine=\${line}
    done < <(printf "%s
" "\${out[@]}")
    __${n}_debug "last line: \${lastLine}"

    if [ "\${lastLine[1]}" = : ]; then
        directive=\${lastLine[2,-1]}
        # Remove the directive including the : and the newline
        local suffix
        (( suffix=\${#lastLine}+2))
        out=\${out[1,-$suffix]}
    else
        # There is no directive specified.  Leave $out as is.
        __${n}_debug "No directive found.  Setting to default"
        directive=0
    fi

    __${n}_debug "directive: \${directive}"
    __${n}_debug "completions: \${out}"
    __${n}_debug "flagPrefix: \${flagPrefix}"

    if [ $((directive & shellCompDirectiveError)) -ne 0 ]; then
        __${n}_debug "Completion received error. Ignoring completions."
        return
    fi

    local activeHelpMarker="%"
    local endIndex=\${#activeHelpMarker}
    local startIndex=$((\${#activeHelpMarker}+1))
    local hasActiveHelp=0
    while IFS='
' read -r comp; do
        # Check if this is an activeHelp statement (i.e., prefixed with $activeHelpMarker)
        if [ "\${comp[1,$endIndex]}" = "$activeHelpMarker" ];then
            __${n}_debug "ActiveHelp found: $comp"
            comp="\${comp[$startIndex,-1]}"
            if [ -n "$comp" ]; then
                compadd -x "\${comp}"
                __${n}_debug "ActiveHelp will need delimiter"
                hasActiveHelp=1
            fi
            continue
        fi

        if [ -n "$comp" ]; then
            # If requested, completions are returned with a description.
            # The description is preceded by a TAB character.
            # For zsh's _describe, we need to use a : instead of a TAB.
            # We first need to escape any : as part of the completion itself.
            comp=\${comp//:/\\:}

            local tab="$(printf '\\t')"
            comp=\${comp//$tab/:}

            __${n}_debug "Adding completion: \${comp}"
            completions+=\${comp}
            lastComp=$comp
        fi
    done < <(printf "%s
" "\${out[@]}")

    # Add a delimiter after the activeHelp statements, but only if:
    # - there are completions following the activeHelp statements, or
    # - file completion will be performed (so there will be choices after the activeHelp)
    if [ $hasActiveHelp -eq 1 ]; then
        if [ \${#completions} -ne 0 ] || [ $((directive & shellCompDirectiveNoFileComp)) -eq 0 ]; then
            __${n}_debug "Adding activeHelp delimiter"
            compadd -x "--"
            hasActiveHelp=0
        fi
    fi

    if [ $((directive & shellCompDirectiveNoSpace)) -ne 0 ]; then
        __${n}_debug "Activating nospace."
        noSpace="-S ''"
    fi

    if [ $((directive & shellCompDirectiveKeepOrder)) -ne 0 ]; then
        __${n}_debug "Activating keep order."
        keepOrder="-V"
    fi

    if [ $((directive & shellCompDirectiveFilterFileExt)) -ne 0 ]; then
        # File extension filtering
        local filteringCmd
        filteringCmd='_files'
        for filter in \${completions[@]}; do
            if [ \${filter[1]} != '*' ]; then
                # zsh requires a glob pattern to do file filtering
                filter="\\*.$filter"
            fi
            filteringCmd+=" -g $filter"
        done
        filteringCmd+=" \${flagPrefix}"

        __${n}_debug "File filtering command: $filteringCmd"
        _arguments '*:filename:'"$filteringCmd"
    elif [ $((directive & shellCompDirectiveFilterDirs)) -ne 0 ]; then
        # File completion for directories only
        local subdir
        subdir="\${completions[1]}"
        if [ -n "$subdir" ]; then
            __${n}_debug "Listing directories in $subdir"
            pushd "\${subdir}" >/dev/null 2>&1
        else
            __${n}_debug "Listing directories in ."
        fi

        local result
        _arguments '*:dirname:_files -/'" \${flagPrefix}"
        result=$?
        if [ -n "$subdir" ]; then
            popd >/dev/null 2>&1
        fi
        return $result
    else
        __${n}_debug "Calling _describe"
        if eval _describe $keepOrder "completions" completions -Q \${flagPrefix} \${noSpace}; then
            __${n}_debug "_describe found some completions"

            # Return the success of having called _describe
            return 0
        else
            __${n}_debug "_describe did not find completions."
            __${n}_debug "Checking if we should do file completion."
            if [ $((directive & shellCompDirectiveNoFileComp)) -ne 0 ]; then
                __${n}_debug "deactivating file completion"

                # Return 0 to indicate completion is finished and prevent zsh from
                # trying other completion algorithms (which could cause hanging).
                # We use NoFileComp directive to explicitly disable file completion.
                return 0
            else
                # Perform file completion
                __${n}_debug "Activating file completion"

                # We must return the result of this command, so it must be the
                # last command, or else we must store its result to return it.
                _arguments '*:filename:_files'" \${flagPrefix}"
            fi
        fi
    fi
}

# don't run the completion function when being sourced or eval-ed
if [ "\${funcstack[1]}" = "_${n}" ]; then
    _${n}
fi
`}function en(n,e){let t=n.replace(/[-:]/g,"_");return`# bash completion for ${n}

# Define shell completion directives
readonly ShellCompDirectiveError=${g.ShellCompDirectiveError}
readonly ShellCompDirectiveNoSpace=${g.ShellCompDirectiveNoSpace}
readonly ShellCompDirectiveNoFileComp=${g.ShellCompDirectiveNoFileComp}
readonly ShellCompDirectiveFilterFileExt=${g.ShellCompDirectiveFilterFileExt}
readonly ShellCompDirectiveFilterDirs=${g.ShellCompDirectiveFilterDirs}
readonly ShellCompDirectiveKeepOrder=${g.ShellCompDirectiveKeepOrder}

# Function to debug completion
__${t}_debug() {
    if [[ -n \${BASH_COMP_DEBUG_FILE:-} ]]; then
        echo "$*" >> "\${BASH_COMP_DEBUG_FILE}"
    fi
}

# Function to handle completions
__${t}_complete() {
    local cur prev words cword
    _get_comp_words_by_ref -n "=:" cur prev words cword

    local requestComp out directive
    
    # Build the command to get completions
    requestComp="${e} complete -- \${words[@]:1}"
    
    # Add an empty parameter if the last parameter is complete
    if [[ -z "$cur" ]]; then
        requestComp="$requestComp ''"
    fi
    
    # Get completions from the program
    out=$(eval "$requestComp" 2>/dev/null)
    
    # Extract directive if present
    directive=0
    if [[ "$out" == *:* ]]; then
        directive=\${out##*:}
        out=\${out%:*}
    fi
    
    # Process completions based on directive
    if [[ $((directive & $ShellCompDirectiveError)) -ne 0 ]]; then
        # Error, no completion
        return
    fi
    
    # Apply directives
    if [[ $((directive & $ShellCompDirectiveNoSpace)) -ne 0 ]]; then
        compopt -o nospace
    fi
    if [[ $((directive & $ShellCompDirectiveKeepOrder)) -ne 0 ]]; then
        compopt -o nosort
    fi
    if [[ $((directive & $ShellCompDirectiveNoFileComp)) -ne 0 ]]; then
        compopt +o default
    fi
    
    # Handle file extension filtering
    if [[ $((directive & $ShellCompDirectiveFilterFileExt)) -ne 0 ]]; then
        local filter=""
        for ext in $out; do
            filter="$filter|$ext"
        done
        filter="\\.($filter)"
        compopt -o filenames
        COMPREPLY=( $(compgen -f -X "!$filter" -- "$cur") )
        return
    fi
    
    # Handle directory filtering
    if [[ $((directive & $ShellCompDirectiveFilterDirs)) -ne 0 ]]; then
        compopt -o dirnames
        COMPREPLY=( $(compgen -d -- "$cur") )
        return
    fi
    
    # Process completions
    local IFS=$'\\n'
    local tab=$(printf '\\t')
    
    # Parse completions with descriptions
    local completions=()
    while read -r comp; do
        if [[ "$comp" == *$tab* ]]; then
            # Split completion and description
            local value=\${comp%%$tab*}
            local desc=\${comp#*$tab}
            completions+=("$value")
        else
            completions+=("$comp")
        fi
    done <<< "$out"
    
    # Return completions
    COMPREPLY=( $(compgen -W "\${completions[*]}" -- "$cur") )
}

# Register completion function
complete -F __${t}_complete ${n}
`}function tn(n,e){let t=n.replace(/[-:]/g,"_"),i=g.ShellCompDirectiveError,o=g.ShellCompDirectiveNoSpace,r=g.ShellCompDirectiveNoFileComp,s=g.ShellCompDirectiveFilterFileExt,a=g.ShellCompDirectiveFilterDirs;return`# fish completion for ${n} -*- shell-script -*-

function __${t}_debug
    set -l file "$BASH_COMP_DEBUG_FILE"
    if test -n "$file"
        echo "$argv" >> $file
    end
end

function __${t}_perform_completion
    __${t}_debug "Starting __${t}_perform_completion"

    # Extract all args except the last one
    set -l args (commandline -opc)
    # Extract the token currently being completed (may be empty on a trailing space)
    set -l lastArg (commandline -ct)

    __${t}_debug "args: $args"
    __${t}_debug "last arg: $lastArg"

    # Pass each arg as its own token (no string join/eval, which would collapse multi-segment paths); quote "$lastArg" so an empty trailing token is still sent.
    __${t}_debug "Calling ${e} complete -- $args[2..-1] $lastArg"
    set -l results (${e} complete -- $args[2..-1] "$lastArg" 2> /dev/null)

    # Some programs may output extra empty lines after the directive.
    # Let's ignore them or else it will break completion.
    # Ref: https://github.com/spf13/cobra/issues/1279
    for line in $results[-1..1]
        if test (string trim -- $line) = ""
            # Found an empty line, remove it
            set results $results[1..-2]
        else
            # Found non-empty line, we have our proper output
            break
        end
    end

    set -l comps $results[1..-2]
    set -l directiveLine $results[-1]

    # For Fish, when completing a flag with an = (e.g., <program> -n=<TAB>)
    # completions must be prefixed with the flag
    set -l flagPrefix (string match -r -- '-.*=' "$lastArg")

    __${t}_debug "Comps: $comps"
    __${t}_debug "DirectiveLine: $directiveLine"
    __${t}_debug "flagPrefix: $flagPrefix"

    for comp in $comps
        printf "%s%s\\n" "$flagPrefix" "$comp"
    end

    printf "%s\\n" "$directiveLine"
end

# This function limits calls to __${t}_perform_completion, by caching the result
function __${t}_perform_completion_once
    __${t}_debug "Starting __${t}_perform_completion_once"

    if test -n "$__${t}_perform_completion_once_result"
        __${t}_debug "Seems like a valid result already exists, skipping __${t}_perform_completion"
        return 0
    end

    set --global __${t}_perform_completion_once_result (__${t}_perform_completion)
    if test -z "$__${t}_perform_completion_once_result"
        __${t}_debug "No completions, probably due to a failure"
        return 1
    end

    __${t}_debug "Performed completions and set __${t}_perform_completion_once_result"
    return 0
end

# This function is used to clear the cached result after completions are run
function __${t}_clear_perform_completion_once_result
    __${t}_debug ""
    __${t}_debug "========= clearing previously set __${t}_perform_completion_once_result variable =========="
    set --erase __${t}_perform_completion_once_result
    __${t}_debug "Successfully erased the variable __${t}_perform_completion_once_result"
end

function __${t}_requires_order_preservation
    __${t}_debug ""
    __${t}_debug "========= checking if order preservation is required =========="

    __${t}_perform_completion_once
    if test -z "$__${t}_perform_completion_once_result"
        __${t}_debug "Error determining if order preservation is required"
        return 1
    end

    set -l directive (string sub --start 2 $__${t}_perform_completion_once_result[-1])
    __${t}_debug "Directive is: $directive"

    set -l shellCompDirectiveKeepOrder ${g.ShellCompDirectiveKeepOrder}
    set -l keeporder (math (math --scale 0 $directive / $shellCompDirectiveKeepOrder) % 2)
    __${t}_debug "Keeporder is: $keeporder"

    if test $keeporder -ne 0
        __${t}_debug "This does require order preservation"
        return 0
    end

    __${t}_debug "This doesn't require order preservation"
    return 1
end

# This function does two things:
# - Obtain the completions and store them in the global __${t}_comp_results
# - Return false if file completion should be performed
function __${t}_prepare_completions
    __${t}_debug ""
    __${t}_debug "========= starting completion logic =========="

    # Start fresh
    set --erase __${t}_comp_results

    __${t}_perform_completion_once
    __${t}_debug "Completion results: $__${t}_perform_completion_once_result"

    if test -z "$__${t}_perform_completion_once_result"
        __${t}_debug "No completion, probably due to a failure"
        # Might as well do file completion, in case it helps
        return 1
    end

    set -l directive (string sub --start 2 $__${t}_perform_completion_once_result[-1])
    set --global __${t}_comp_results $__${t}_perform_completion_once_result[1..-2]

    __${t}_debug "Completions are: $__${t}_comp_results"
    __${t}_debug "Directive is: $directive"

    set -l shellCompDirectiveError ${i}
    set -l shellCompDirectiveNoSpace ${o}
    set -l shellCompDirectiveNoFileComp ${r}
    set -l shellCompDirectiveFilterFileExt ${s}
    set -l shellCompDirectiveFilterDirs ${a}

    if test -z "$directive"
        set directive 0
    end

    set -l compErr (math (math --scale 0 $directive / $shellCompDirectiveError) % 2)
    if test $compErr -eq 1
        __${t}_debug "Received error directive: aborting."
        # Might as well do file completion, in case it helps
        return 1
    end

    set -l filefilter (math (math --scale 0 $directive / $shellCompDirectiveFilterFileExt) % 2)
    set -l dirfilter (math (math --scale 0 $directive / $shellCompDirectiveFilterDirs) % 2)
    if test $filefilter -eq 1; or test $dirfilter -eq 1
        __${t}_debug "File extension filtering or directory filtering not supported"
        # Do full file completion instead
        return 1
    end

    set -l nospace (math (math --scale 0 $directive / $shellCompDirectiveNoSpace) % 2)
    set -l nofiles (math (math --scale 0 $directive / $shellCompDirectiveNoFileComp) % 2)

    __${t}_debug "nospace: $nospace, nofiles: $nofiles"

    # If we want to prevent a space, or if file completion is NOT disabled,
    # we need to count the number of valid completions.
    # To do so, we will filter on prefix as the completions we have received
    # may not already be filtered so as to allow fish to match on different
    # criteria than the prefix.
    if test $nospace -ne 0; or test $nofiles -eq 0
        set -l prefix (commandline -t | string escape --style=regex)
        __${t}_debug "prefix: $prefix"

        set -l completions (string match -r -- "^$prefix.*" $__${t}_comp_results)
        set --global __${t}_comp_results $completions
        __${t}_debug "Filtered completions are: $__${t}_comp_results"

        # Important not to quote the variable for count to work
        set -l numComps (count $__${t}_comp_results)
        __${t}_debug "numComps: $numComps"

        if test $numComps -eq 1; and test $nospace -ne 0
            # We must first split on \\t to get rid of the descriptions to be
            # able to check what the actual completion will be.
            # We don't need descriptions anyway since there is only a single
            # real completion which the shell will expand immediately.
            set -l split (string split --max 1 "\\t" $__${t}_comp_results[1])

            # Fish won't add a space if the completion ends with any
            # of the following characters: @=/:.,
            set -l lastChar (string sub -s -1 -- $split)
            if not string match -r -q "[@=/:.,]" -- "$lastChar"
                # In other cases, to support the "nospace" directive we trick the shell
                # by outputting an extra, longer completion.
                __${t}_debug "Adding second completion to perform nospace directive"
                set --global __${t}_comp_results $split[1] $split[1].
                __${t}_debug "Completions are now: $__${t}_comp_results"
            end
        end

        if test $numComps -eq 0; and test $nofiles -eq 0
            # To be consistent with bash and zsh, we only trigger file
            # completion when there are no other completions
            __${t}_debug "Requesting file completion"
            return 1
        end
    end

    return 0
end

# Since Fish completions are only loaded once the user triggers them, we trigger them ourselves
# so we can properly delete any completions provided by another script.
# Only do this if the program can be found, or else fish may print some errors; besides,
# the existing completions will only be loaded if the program can be found.
if type -q "${n}"
    # The space after the program name is essential to trigger completion for the program
    # and not completion of the program name itself.
    # Also, we use '> /dev/null 2>&1' since '&>' is not supported in older versions of fish.
    complete --do-complete "${n} " > /dev/null 2>&1
end

# Remove any pre-existing completions for the program since we will be handling all of them.
complete -c ${n} -e

# This will get called after the two calls below and clear the cached result
complete -c ${n} -n '__${t}_clear_perform_completion_once_result'
# The call to __${t}_prepare_completions will setup __${t}_comp_results
# which provides the program's completion choices.
# If this doesn't require order preservation, we don't use the -k flag
complete -c ${n} -n 'not __${t}_requires_order_preservation && __${t}_prepare_completions' -f -a '$__${t}_comp_results'
# Otherwise we use the -k flag
complete -k -c ${n} -n '__${t}_requires_order_preservation && __${t}_prepare_completions' -f -a '$__${t}_comp_results'
`}function nn(n,e){let t=n.replace(/[-:]/g,"_");return`# powershell completion for ${n} -*- shell-script -*-

  [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
    function __${n}_debug {
        if ($env:BASH_COMP_DEBUG_FILE) {
            "$args" | Out-File -Append -FilePath "$env:BASH_COMP_DEBUG_FILE"
        }
    }

    filter __${n}_escapeStringWithSpecialChars {
        $_ -replace '\\s|#|@|\\$|;|,|''|\\{|\\}|\\(|\\)|"|\\||<|>|&','\`$&'
    }

[scriptblock]$__${t}CompleterBlock = {
    param(
            $WordToComplete,
            $CommandAst,
            $CursorPosition
        )

    # Get the current command line and convert into a string
    $Command = $CommandAst.CommandElements
    $Command = "$Command"

    __${n}_debug ""
    __${n}_debug "========= starting completion logic =========="
    __${n}_debug "WordToComplete: $WordToComplete Command: $Command CursorPosition: $CursorPosition"

    # The user could have moved the cursor backwards on the command-line.
    # We need to trigger completion from the $CursorPosition location, so we need
    # to truncate the command-line ($Command) up to the $CursorPosition location.
    # Make sure the $Command is longer then the $CursorPosition before we truncate.
    # This happens because the $Command does not include the last space.
    if ($Command.Length -gt $CursorPosition) {
        $Command = $Command.Substring(0, $CursorPosition)
    }
    __${n}_debug "Truncated command: $Command"

    $ShellCompDirectiveError=${g.ShellCompDirectiveError}
    $ShellCompDirectiveNoSpace=${g.ShellCompDirectiveNoSpace}
    $ShellCompDirectiveNoFileComp=${g.ShellCompDirectiveNoFileComp}
    $ShellCompDirectiveFilterFileExt=${g.ShellCompDirectiveFilterFileExt}
    $ShellCompDirectiveFilterDirs=${g.ShellCompDirectiveFilterDirs}
    $ShellCompDirectiveKeepOrder=${g.ShellCompDirectiveKeepOrder}

    # Prepare the command to request completions for the program.
    # Split the command at the first space to separate the program and arguments.
    $Program, $Arguments = $Command.Split(" ", 2)

    $QuotedArgs = ($Arguments -split ' ' | ForEach-Object { "'" + ($_ -replace "'", "''") + "'" }) -join ' '
    __${n}_debug "QuotedArgs: $QuotedArgs"

    $RequestComp = "& ${e} complete '--' $QuotedArgs"
    __${n}_debug "RequestComp: $RequestComp"

    # we cannot use $WordToComplete because it
    # has the wrong values if the cursor was moved
    # so use the last argument
    if ($WordToComplete -ne "" ) {
        $WordToComplete = $Arguments.Split(" ")[-1]
    }
    __${n}_debug "New WordToComplete: $WordToComplete"


    # Check for flag with equal sign
    $IsEqualFlag = ($WordToComplete -Like "--*=*" )
    if ( $IsEqualFlag ) {
        __${n}_debug "Completing equal sign flag"
        # Remove the flag part
        $Flag, $WordToComplete = $WordToComplete.Split("=", 2)
    }
    $HasTrailingEmptyArg = $QuotedArgs -match "(^| )''$"
    __${n}_debug "HasTrailingEmptyArg: $HasTrailingEmptyArg"
    
    if ( $WordToComplete -eq "" -And ( -Not $IsEqualFlag ) -And ( -Not $HasTrailingEmptyArg )) {
        # If the last parameter is complete (there is a space following it)
        # We add an extra empty parameter so we can indicate this to the go method.
        __${n}_debug "Adding extra empty parameter"
        # PowerShell 7.2+ changed the way how the arguments are passed to executables,
        # so for pre-7.2 or when Legacy argument passing is enabled we need to use
        if ($PSVersionTable.PsVersion -lt [version]'7.2.0' -or
            ($PSVersionTable.PsVersion -lt [version]'7.3.0' -and -not [ExperimentalFeature]::IsEnabled("PSNativeCommandArgumentPassing")) -or
            (($PSVersionTable.PsVersion -ge [version]'7.3.0' -or [ExperimentalFeature]::IsEnabled("PSNativeCommandArgumentPassing")) -and
              $PSNativeCommandArgumentPassing -eq 'Legacy')) {
             $RequestComp="$RequestComp" + ' \`"\`"'
        } else {
             $RequestComp = "$RequestComp" + ' ""'
        }
    }

    __${n}_debug "Calling $RequestComp"
    # First disable ActiveHelp which is not supported for Powershell
    $env:ActiveHelp = 0

    # call the command store the output in $out and redirect stderr and stdout to null
    # $Out is an array contains each line per element
    Invoke-Expression -OutVariable out "$RequestComp" 2>&1 | Out-Null

    # get directive from last line
    [int]$Directive = $Out[-1].TrimStart(':')
    if ($Directive -eq "") {
        # There is no directive specified
        $Directive = 0
    }
    __${n}_debug "The completion directive is: $Directive"

    # remove directive (last element) from out
    $Out = $Out | Where-Object { $_ -ne $Out[-1] }
    __${n}_debug "The completions are: $Out"

    if (($Directive -band $ShellCompDirectiveError) -ne 0 ) {
        # Error code.  No completion.
        __${n}_debug "Received error from custom completion go code"
        return
    }

    $Longest = 0
    [Array]$Values = $Out | ForEach-Object {
        # Split the output in name and description
        $Name, $Description = $_.Split("\`t", 2)
        __${n}_debug "Name: $Name Description: $Description"

        # Look for the longest completion so that we can format things nicely
        if ($Longest -lt $Name.Length) {
            $Longest = $Name.Length
        }

        # Set the description to a one space string if there is none set.
        # This is needed because the CompletionResult does not accept an empty string as argument
        if (-Not $Description) {
            $Description = " "
        }
        @{ Name = "$Name"; Description = "$Description" }
    }


    $Space = " "
    if (($Directive -band $ShellCompDirectiveNoSpace) -ne 0 ) {
        # remove the space here
        __${n}_debug "ShellCompDirectiveNoSpace is called"
        $Space = ""
    }

    if ((($Directive -band $ShellCompDirectiveFilterFileExt) -ne 0 ) -or
       (($Directive -band $ShellCompDirectiveFilterDirs) -ne 0 ))  {
        __${n}_debug "ShellCompDirectiveFilterFileExt ShellCompDirectiveFilterDirs are not supported"

        # return here to prevent the completion of the extensions
        return
    }

    $Values = $Values | Where-Object {
        # filter the result
        $_.Name -like "$WordToComplete*"

        # Join the flag back if we have an equal sign flag
        if ( $IsEqualFlag ) {
            __${n}_debug "Join the equal sign flag back to the completion value"
            $_.Name = $Flag + "=" + $_.Name
        }
    }

    # we sort the values in ascending order by name if keep order isn't passed
    if (($Directive -band $ShellCompDirectiveKeepOrder) -eq 0 ) {
        $Values = $Values | Sort-Object -Property Name
    }

    if (($Directive -band $ShellCompDirectiveNoFileComp) -ne 0 ) {
        __${n}_debug "ShellCompDirectiveNoFileComp is called"

        if ($Values.Length -eq 0) {
            # Just print an empty string here so the
            # shell does not start to complete paths.
            # We cannot use CompletionResult here because
            # it does not accept an empty string as argument.
            ""
            return
        }
    }

    # Get the current mode
    $Mode = (Get-PSReadLineKeyHandler | Where-Object { $_.Key -eq "Tab" }).Function
    __${n}_debug "Mode: $Mode"

    $Values | ForEach-Object {

        # store temporary because switch will overwrite $_
        $comp = $_

        # PowerShell supports three different completion modes
        # - TabCompleteNext (default windows style - on each key press the next option is displayed)
        # - Complete (works like bash)
        # - MenuComplete (works like zsh)
        # You set the mode with Set-PSReadLineKeyHandler -Key Tab -Function <mode>

        # CompletionResult Arguments:
        # 1) CompletionText text to be used as the auto completion result
        # 2) ListItemText   text to be displayed in the suggestion list
        # 3) ResultType     type of completion result
        # 4) ToolTip        text for the tooltip with details about the object

        switch ($Mode) {

            # bash like
            "Complete" {

                if ($Values.Length -eq 1) {
                    __${n}_debug "Only one completion left"

                    # insert space after value
                    [System.Management.Automation.CompletionResult]::new($($comp.Name | __${n}_escapeStringWithSpecialChars) + $Space, "$($comp.Name)", 'ParameterValue', "$($comp.Description)")

                } else {
                    # Add the proper number of spaces to align the descriptions
                    while($comp.Name.Length -lt $Longest) {
                        $comp.Name = $comp.Name + " "
                    }

                    # Check for empty description and only add parentheses if needed
                    if ($($comp.Description) -eq " " ) {
                        $Description = ""
                    } else {
                        $Description = "  ($($comp.Description))"
                    }

                    [System.Management.Automation.CompletionResult]::new("$($comp.Name)$Description", "$($comp.Name)$Description", 'ParameterValue', "$($comp.Description)")
                }
             }

            # zsh like
            "MenuComplete" {
                # insert space after value
                # MenuComplete will automatically show the ToolTip of
                # the highlighted value at the bottom of the suggestions.
                [System.Management.Automation.CompletionResult]::new($($comp.Name | __${n}_escapeStringWithSpecialChars) + $Space, "$($comp.Name)", 'ParameterValue', "$($comp.Description)")
            }

            # TabCompleteNext and in case we get something unknown
            Default {
                # Like MenuComplete but we don't want to add a space here because
                # the user need to press space anyway to get the completion.
                # Description will not be shown because that's not possible with TabCompleteNext
                [System.Management.Automation.CompletionResult]::new($($comp.Name | __${n}_escapeStringWithSpecialChars), "$($comp.Name)", 'ParameterValue', "$($comp.Description)")
            }
        }

    }
}

Register-ArgumentCompleter -CommandName '${n}' -ScriptBlock $__${t}CompleterBlock
`}import ni from"node:assert";var g={ShellCompDirectiveError:1,ShellCompDirectiveNoSpace:2,ShellCompDirectiveNoFileComp:4,ShellCompDirectiveFilterFileExt:8,ShellCompDirectiveFilterDirs:16,ShellCompDirectiveKeepOrder:32,shellCompDirectiveMaxValue:64,ShellCompDirectiveDefault:0},ii=class{name;variadic;command;handler;constructor(n,e,t,i=!1){this.command=n,this.name=e,this.handler=t,this.variadic=i}},oi=class{value;description;command;handler;alias;isBoolean;constructor(n,e,t,i,o,r){this.command=n,this.value=e,this.description=t,this.handler=i,this.alias=o,this.isBoolean=r}},on=class{value;description;options=new Map;arguments=new Map;parent;constructor(n,e){this.value=n,this.description=e}option(n,e,t,i){let o,r,s;typeof t=="function"?(o=t,r=i,s=!1):typeof t=="string"?(o=void 0,r=t,s=!0):(o=void 0,r=void 0,s=!0);let a=new oi(this,n,e,o,r,s);return this.options.set(n,a),this}argument(n,e,t=!1){let i=new ii(this,n,e,t);return this.arguments.set(n,i),this}},ri=class extends on{commands=new Map;completions=[];directive=g.ShellCompDirectiveDefault;constructor(){super("","")}command(n,e){let t=new on(n,e);return this.commands.set(n,t),t}stripOptions(n){let e=[],t=0;for(;t<n.length;){let i=n[t];if(i.startsWith("-")){t++;let o=!1,r=this.findOption(this,i);if(r)o=r.isBoolean??!1;else for(let[,s]of this.commands){let a=this.findOption(s,i);if(a){o=a.isBoolean??!1;break}}!o&&t<n.length&&!n[t].startsWith("-")&&t++}else e.push(i),t++}return e}matchCommand(n){n=this.stripOptions(n);let e=[],t=[],i=null;for(let o=0;o<n.length;o++){let r=n[o];e.push(r);let s=this.commands.get(e.join(" "));if(s)i=s;else{t=n.slice(o,n.length);break}}return[i||this,t]}shouldCompleteFlags(n,e){if(e.startsWith("-"))return!0;if(n?.startsWith("-")){let t=this.findOption(this,n);if(!t){for(let[,i]of this.commands)if(t=this.findOption(i,n),t)break}return!(t&&t.isBoolean)}return!1}shouldCompleteCommands(n){return!n.startsWith("-")}handleFlagCompletion(n,e,t,i){let o;if(t.includes("=")){let[r]=t.split("=");o=r}else if(i?.startsWith("-")){let r=this.findOption(n,i);r&&!r.isBoolean&&(o=i)}if(o){let r=this.findOption(n,o);if(r?.handler){let s=[];r.handler.call(r,(a,l)=>s.push({value:a,description:l}),n.options),this.completions=s}return}if(t.startsWith("-")){let r=t.startsWith("-")&&!t.startsWith("--"),s=t.replace(/^-+/,"");for(let[a,l]of n.options)r&&l.alias&&`-${l.alias}`.startsWith(t)?this.completions.push({value:`-${l.alias}`,description:l.description}):!r&&a.startsWith(s)&&this.completions.push({value:`--${a}`,description:l.description})}}findOption(n,e){let t=n.options.get(e);if(t||(t=n.options.get(e.replace(/^-+/,"")),t))return t;for(let[i,o]of n.options)if(o.alias&&`-${o.alias}`===e)return o}handleCommandCompletion(n,e){let t=this.stripOptions(n);for(let[i,o]of this.commands){if(i==="")continue;let r=i.split(" ");r.slice(0,t.length).every((s,a)=>s===t[a])&&r[t.length]?.startsWith(e)&&this.completions.push({value:r[t.length],description:o.description})}}handlePositionalCompletion(n,e){let t=this.stripOptions(e),i=n.value.split(" ").length,o=Math.max(0,t.length-i),r=Array.from(n.arguments.entries());if(r.length>0){let s;if(o<r.length){let[a,l]=r[o];s=l}else{let a=r[r.length-1][1];a.variadic&&(s=a)}if(s&&s.handler&&typeof s.handler=="function"){let a=[];s.handler.call(s,(l,p)=>a.push({value:l,description:p}),n.options),this.completions.push(...a)}}}complete(n){this.directive=g.ShellCompDirectiveNoFileComp;let e=new Set;this.completions.filter(t=>e.has(t.value)?!1:(e.add(t.value),!0)).filter(t=>{if(n.includes("=")){let[,i]=n.split("=");return t.value.startsWith(i)}return t.value.startsWith(n)}).forEach(t=>console.log(`${t.value}	${t.description??""}`)),console.log(`:${this.directive}`)}parse(n){this.completions=[];let e=n[n.length-1]==="";e&&n.pop();let t=n[n.length-1]||"",i=n.slice(0,-1);e&&(t!==""&&i.push(t),t="");let[o]=this.matchCommand(i),r=i[i.length-1];this.shouldCompleteFlags(r,t)?this.handleFlagCompletion(o,i,t,r):(this.shouldCompleteCommands(t)&&this.handleCommandCompletion(i,t),o&&o.arguments.size>0&&this.handlePositionalCompletion(o,i)),this.complete(t)}setup(n,e,t){switch(ni(t==="zsh"||t==="bash"||t==="fish"||t==="powershell","Unsupported shell"),t){case"zsh":{let i=Xt(n,e);console.log(i);break}case"bash":{let i=en(n,e);console.log(i);break}case"fish":{let i=tn(n,e);console.log(i);break}case"powershell":{let i=nn(n,e);console.log(i);break}}}},si=new ri;function rn(n,e,t){si.setup(e,t,n)}var sn=Le(In(),1);import{readFile as ai}from"node:fs/promises";import{join as li}from"node:path";var Fe=Je(h(),ze()).catch({}),ui=E({environments:Fe,jobs:Fe,e2e:E({steps:Fe}).catch({steps:{}})}).catch({environments:{},jobs:{},e2e:{steps:{}}});async function an(n){try{let{environments:e,jobs:t,e2e:i}=ui.parse((0,sn.parse)(await ai(li(n,"glue-pipeline.yml"),"utf8"))),o=Object.keys(i.steps);return{environment:Object.keys(e),jobs:Object.keys(t),"from-step":o,"until-step":o,"only-step":o,"confirm-clean":Object.keys(e)}}catch{return{}}}var _={success:0,failed:1,usage:2,aws:3,internal:70,interrupted:130,terminated:143},ln=[[_.success,"the result is success"],[_.failed,"it ran, and the result is not success: findings, a blocked or undone deploy, a failed step"],[_.usage,"it did not start: a wrong command or option, a bad manifest, the wrong account"],[_.aws,"AWS refused or could not be reached"],[_.internal,"a defect of the toolkit"],[_.interrupted,"stopped by Ctrl-C, after what it had begun was undone or stopped"],[_.terminated,"stopped by SIGTERM, likewise"]];function Ne(n){return n instanceof C?{user:_.usage,aws:_.aws,internal:_.internal}[n.source]:_.internal}var b="glue-toolkit",ci={releases:"look at the releases of an environment"};function un(n,e){let t=new Ot(b).description("Validates, deploys and tests AWS Glue jobs from glue-pipeline.yml.").version(rt,"-V, --version","print the version").helpOption("-h, --help","explain a command, with examples").option("--json","print the result as one JSON document, and nothing else, on stdout").option("-v, --verbose","log every step on stderr, calls to AWS included").option("-q, --quiet","log warnings alone").option("-C, --directory <path>","work in this folder instead of the current one").configureHelp({showGlobalOptions:!0}).addHelpText("after",`
${fi()}`).showSuggestionAfterError(!0).exitOverride();for(let i of n)pi(t,i,e);return t}function pi(n,e,t){let i=e.name.split(" "),o=i.pop()??e.name,r=di(n,i[0]).command(o).summary(e.summary).description(e.description).addHelpText("after",`
${hi(e)}`);Et(r,e),r.action(async(...s)=>{let a=s.slice(0,-2);await t(e,Tt(e,a,r.opts()),mi(n))})}function di(n,e){return e===void 0?n:n.commands.find(i=>i.name()===e)??n.command(e).description(ci[e]??"")}function mi(n){let{json:e,verbose:t,quiet:i,directory:o}=n.opts();return{json:e===!0,verbose:t===!0,quiet:i===!0,directory:o}}function hi(n){return`Examples:
${n.examples.map(({command:t,what:i})=>`  # ${i}
  ${b} ${t}`).join(`
`)}

More: ${de}/docs/cli.md`}function fi(){let n=ln.map(([e,t])=>`  ${String(e).padEnd(4)} ${t}`);return["Start here:",`  ${b} init --scripts glue_jobs   # writes glue-pipeline.yml and the workflows`,`  ${b} validate                   # checks the scripts; needs no AWS`,`  ${b} plan --environment dev     # shows what a deploy would change`,`  ${b} help deploy                # explains a command`,"","Exit codes:",...n,"","AWS credentials, region endpoints and profiles are found as the AWS CLI finds them.","Colours follow NO_COLOR and FORCE_COLOR; in a pipe there are none.",`More: ${de}/docs/cli.md`].join(`
`)}function pn(n,e,t){let i=e.at(-1)??"",{command:o,place:r,pending:s}=gi(n,e.slice(0,-1)),[a="",l]=i.split("=",2),p=s??(l===void 0?void 0:dn(n,o,a));if(p!==void 0)return cn(p.argChoices,t[yi(p)],l??i,bi(p));if(i.startsWith("-"))return{candidates:_i(n,o,i),files:!1};if(o.commands.length>0)return{candidates:o.createHelp().visibleCommands(o).filter(d=>d.name().startsWith(i)).map(d=>({value:d.name(),description:d.summary()||d.description()})),files:!1};let u=$i(o,r);return u===void 0?{candidates:[],files:!1}:cn(u.argChoices,t[u.name()],i,u.name()==="paths")}function gi(n,e){let t=n,i=0,o;for(let r of e){if(o!==void 0&&!r.startsWith("-")){o.variadic||(o=void 0);continue}if(o=void 0,r.startsWith("-")){let a=dn(n,t,r);a?.required===!0&&(o=a);continue}let s=t.commands.find(a=>a.name()===r);s===void 0?i+=1:t=s}return{command:t,place:i,pending:o}}function dn(n,e,t){return[...e.options,...n.options].find(i=>i.long===t||i.short===t)}function _i(n,e,t){return(e===n?n.options:[...e.options,...n.options]).flatMap(({long:o,description:r})=>o?.startsWith(t)===!0?[{value:o,description:r}]:[])}function $i(n,e){let t=n.registeredArguments.at(-1);return n.registeredArguments[e]??(t?.variadic===!0?t:void 0)}function cn(n,e,t,i){return{candidates:(n??e??[]).filter(r=>r.startsWith(t)).map(r=>({value:r,description:""})),files:i}}function yi(n){return n.long?.replace(/^--/,"")??""}function bi(n){return n.flags.includes("path")||n.long==="--scripts"}var wi=["bash","zsh","fish","powershell"],Ci=`
Examples:
  # this shell only
  source <(${b} completion bash)
  # every new shell
  echo 'source <(${b} completion bash)' >> ~/.bashrc
  echo 'source <(${b} completion zsh)' >> ~/.zshrc
  ${b} completion fish > ~/.config/fish/completions/${b}.fish`;function mn(n,e){n.command("completion").summary("print the completion script of a shell").description("Prints a script that makes the shell complete commands, options and your manifest's names.").addArgument(new ae("<shell>","The shell").choices(wi)).addHelpText("after",Ci).action(t=>rn(t,b,b)),n.command("complete",{hidden:!0}).argument("[words...]").action(async t=>{let i=await an(e.currentFolder),{candidates:o,files:r}=pn(n,t,i),s=o.map(({value:a,description:l})=>`${a}	${l}`);e.stdout.write(`${[...s,r?":0":":4"].join(`
`)}
`)})}import{createInterface as ki}from"node:readline/promises";import{styleText as vi}from"node:util";var M=n=>e=>vi(n,e,{validateStream:!1}),Oi={red:M("red"),yellow:M("yellow"),green:M("green"),cyan:M("cyan"),dim:M("dim"),bold:M("bold")},xi=/(\u001b\[(?:31|33|32|36|39|1|2|22)m)/;function I(n){let e=n.split(xi);return Qt(e.map((t,i)=>i%2===1?t:pe(t)).join(""))}function K(n,e){return Si(e)??(n.isTTY===!0&&n.hasColors?.()===!0)?Oi:ot}function Si(n){let e=n.FORCE_COLOR;if(hn(n.NO_COLOR)||e==="0"||e==="false")return!1;if(e!==void 0||hn(n.CLICOLOR_FORCE))return!0}function hn(n){return n!==void 0&&n!==""}function fn(n,e,t,i){if(!(n?.isTTY!==!0||e.isTTY!==!0||t.CI))return async o=>{i(),e.write(I(`${o} [y/N] `));let r=ki({input:n});try{for await(let s of r)return/^\s*y(?:es)?\s*$/i.test(s);return!1}finally{r.close()}}}var $s=ue({version:Ke(1),errors:Ue(ue({code:h(),message:h(),remedy:h(),source:k(["user","aws","internal"]),path:h().optional(),line:Z().int().optional(),key:h().optional()}))}),gn="This is a defect of the toolkit: please report it.";function We(n){return{version:1,errors:_n(n).map(e=>{if(!(e instanceof C))return{code:"internal-error",message:it(B(e)),remedy:gn,source:"internal"};let{code:t,message:i,remedy:o,source:r,location:s}=e;return{code:t,message:i,remedy:o,source:r,...s}})}}function je(n,e){return _n(n).map(t=>Ai(t,e)).join(`
`)}function Ai(n,e){if(!(n instanceof C)){let o=n instanceof Error?`
${e.dim(n.stack??"")}`:"";return`${e.red("error:")} ${B(n)}. ${gn}${o}`}let t=Qe(n.location),i=`${t===""?"":`${t}: `}${Xe(n.message)}`;return`${e.red("error:")} ${i} ${e.dim(`[${n.code}]`)}
${e.cyan("mend:")} ${n.remedy}`}function _n(n){return n instanceof Ye?n.errors:[n]}import w from"node:process";import{stripVTControlCharacters as Ei}from"node:util";var Y=w.platform!=="win32"||!!w.env.WT_SESSION||w.env.TERM_PROGRAM==="vscode",Ge=n=>!!(n.isTTY&&w.env.TERM!=="dumb"&&!("CI"in w.env)),Ti=N.blue(Y?"\u2139":"i"),Ii=N.green(Y?"\u2714":"\u221A"),Pi=N.yellow(Y?"\u26A0":"\u203C"),Di=N.red(Y?"\u2716":"\xD7"),$n={frames:Y?["\u280B","\u2819","\u2839","\u2838","\u283C","\u2834","\u2826","\u2827","\u2807","\u280F"]:["-","\\","|","/"],interval:80},Ri="\x1B[?2026h",Hi="\x1B[?2026l",Fi=/][\s\S]*?(?:|\\)/g,qe=new Set,Ve=class{#m;#h;#u=-1;#c;#f;#n;#e;#p;#r=0;#s;#t;#$=0;#g=!1;#a=new Map;#_=!1;#i=!1;constructor(e={}){let t=e.spinner??$n;if(!Array.isArray(t.frames)||t.frames.length===0||t.frames.some(i=>typeof i!="string"))throw new Error("The `spinner.frames` option must be a non-empty array of strings");if(t.interval!==void 0&&!(Number.isInteger(t.interval)&&t.interval>0))throw new Error("The `spinner.interval` option must be a positive integer");this.#m=t.frames,this.#h=t.interval??$n.interval,this.#f=e.handleSignals??!0,this.#n=e.text??"",this.#e=e.stream??w.stderr,this.#p=e.color??"cyan",this.#t=Ge(this.#e),this.#s=this.#I.bind(this)}#y(e){this.#_=!0;try{return e()}finally{this.#_=!1}}#b(e,t){if(e==null)return"";if(typeof e=="string")return e;if(Buffer.isBuffer(e)||ArrayBuffer.isView(e)){let i=typeof t=="string"&&t!==""&&t!=="buffer"?t:"utf8";return Buffer.from(e).toString(i)}return String(e)}#w(e){if(!this.#t)return e();try{return this.#o(Ri),e()}finally{this.#o(Hi)}}#C(e){if(!e||this.#a.has(e)||typeof e.write!="function"||qe.has(e))return;let t=e.write,i=(...o)=>this.#x(e,t,o);this.#a.set(e,{originalWrite:t,hookedWrite:i}),qe.add(e),e.write=i}#v(){if(!this.#t||this.#a.size>0)return;let e=new Set([this.#e]);(this.#e===w.stdout||this.#e===w.stderr)&&(Ge(w.stdout)&&e.add(w.stdout),Ge(w.stderr)&&e.add(w.stderr));for(let t of e)this.#C(t)}#O(){for(let[e,t]of this.#a)e.write===t.hookedWrite&&(e.write=t.originalWrite),qe.delete(e);this.#a.clear()}#x(e,t,i){let[o,r,s]=i,a=r,l=s;if(typeof a=="function"&&(l=a,a=void 0),this.#_||!this.isSpinning)return t.call(e,o,a,l);this.#r>0&&this.clear();let p=this.#b(o,a),u=p.at(-1)===`
`,c=t.call(e,o,a,l);return u?this.#i=!1:p!==""&&(this.#i=!0),this.isSpinning&&!this.#i&&this.#l(),c}start(e){return e&&(this.#n=e),this.isSpinning?this:(this.#g=!0,this.#k(),this.#v(),this.#l(),this.#E(),this.#t&&(this.#c=setInterval(()=>{this.#l()},this.#h)),this)}stop(e){if(!this.isSpinning)return this;let t=this.#i;if(this.#g=!1,this.#c&&(clearInterval(this.#c),this.#c=void 0),this.#i=!1,this.#O(),this.#A(),this.clear(),this.#T(),e){let i=t?`
`:"";this.#e.write(`${i}${e}
`)}return this}#d(e,t){return this.stop(`${e} ${t??this.#n}`)}success(e){return this.#d(Ii,e)}error(e){return this.#d(Di,e)}warning(e){return this.#d(Pi,e)}info(e){return this.#d(Ti,e)}get isSpinning(){return this.#g}get text(){return this.#n}set text(e){this.#n=e??"",this.#l()}get color(){return this.#p}set color(e){this.#p=e,this.#l()}clear(){return this.#t?this.#r===0?this:(this.#y(()=>{this.#e.cursorTo(0);for(let e=0;e<this.#r;e++)e>0&&this.#e.moveCursor(0,-1),this.#e.clearLine(1)}),this.#r=0,this):this}#l(){if(this.#i)return;let e=this.#t,t=Date.now();(this.#u===-1||t-this.#$>=this.#h)&&(this.#u=++this.#u%this.#m.length,this.#$=t);let i=N[this.#p]??N.cyan,o=this.#m[this.#u],r=`${i(o)} ${this.#n}`;this.#t||(r+=`
`),e?this.#w(()=>{this.clear(),this.#o(r)}):this.#o(r),this.#t&&(this.#r=this.#S(r))}#o(e){this.#y(()=>{this.#e.write(e)})}#S(e){let t=this.#e.columns||80,i=Ei(e.replaceAll(Fi,"")).split(`
`),o=0;for(let r of i)o+=Math.max(1,Math.ceil(r.length/t));return o}#k(){this.#t&&this.#o("\x1B[?25l")}#A(){this.#t&&this.#o("\x1B[?25h")}#E(){this.#f&&(w.once("SIGINT",this.#s),w.once("SIGTERM",this.#s))}#T(){this.#f&&(w.off("SIGINT",this.#s),w.off("SIGTERM",this.#s))}#I(e){this.isSpinning&&this.stop();let t=e==="SIGINT"?130:e==="SIGTERM"?143:1;w.exit(t)}};function Me(n){return new Ve(n)}var Ni=new Set(["deploy.plan","validate.finding"]);function bn(n){let{stderr:e,paint:t,verbose:i,quiet:o}=n,r=n.moving&&!o&&!i?Me({stream:process.stderr}):void 0,s=l=>{r?.stop(),e.write(I(`${l}
`))};return{progress:l=>{if(Ni.has(l.code)||l.group==="end")return;let{level:p,message:u}=l;if(p==="warning")s(`${t.yellow("warning:")} ${u}`);else if(p==="notice")s(`${t.cyan("note:")} ${u}`);else if(p==="debug")i&&s(t.dim(u));else{if(o)return;r===void 0?s(t.dim(u)):r.start(I(Wi(l)))}},stop:()=>{r?.stop()}}}var yn=20;function Wi({message:n,data:e}){let[t=""]=n.split(`
`),{done:i,total:o}=e??{};if(typeof i!="number"||typeof o!="number"||o<1)return t;let r=Math.round(yn*Math.min(i,o)/o);return`${"\u2588".repeat(r)}${"\u2591".repeat(yn-r)} ${i}/${o} ${t}`}import{statSync as zi}from"node:fs";import{join as Ui,resolve as Ji}from"node:path";import{spawnSync as ji}from"node:child_process";import{readFileSync as Gi}from"node:fs";var qi=E({GITHUB_WORKSPACE:h().optional(),GITHUB_REPOSITORY:h().optional(),GITHUB_SHA:h().optional(),GITHUB_REF_NAME:h().optional(),GITHUB_RUN_ID:h().optional(),GITHUB_RUN_ATTEMPT:h().optional(),GITHUB_ACTOR:h().optional(),GITHUB_EVENT_NAME:h().optional(),GITHUB_EVENT_PATH:h().optional(),GITHUB_SERVER_URL:h().default("https://github.com"),GITHUB_API_URL:h().default("https://api.github.com")}),wn=E({full_name:h()}).nullish(),Vi=E({before:h().optional(),pull_request:E({number:Z(),base:E({sha:h(),repo:wn}),head:E({sha:h(),repo:wn})}).optional()});function Cn(n,e){let t=qi.parse(n),i=Li(t.GITHUB_EVENT_PATH),o=i?.pull_request,r=t.GITHUB_WORKSPACE??e,s=t.GITHUB_RUN_ID!==void 0&&t.GITHUB_REPOSITORY!==void 0;return{workspace:r,repository:t.GITHUB_REPOSITORY,commit:t.GITHUB_SHA??Mi(r),runId:t.GITHUB_RUN_ID,runAttempt:t.GITHUB_RUN_ATTEMPT,runUrl:s?`${t.GITHUB_SERVER_URL}/${t.GITHUB_REPOSITORY}/actions/runs/${t.GITHUB_RUN_ID}`:void 0,actor:t.GITHUB_ACTOR,event:t.GITHUB_EVENT_NAME,fromFork:o!==void 0&&o.head.repo?.full_name!==o.base.repo?.full_name,pullRequest:o?.number,pullRequestHead:o?.head.sha,baseCommit:o?.base.sha??i?.before,apiUrl:t.GITHUB_API_URL}}function Mi(n){let{status:e,stdout:t}=ji("git",[...Q,"rev-parse","HEAD"],{cwd:n,encoding:"utf8"});return e===0?t.trim():void 0}function Li(n){if(n!==void 0)try{return Vi.parse(JSON.parse(Gi(n,"utf8")))}catch{return}}import{spawnSync as Bi}from"node:child_process";function vn(n){let{status:e,stdout:t}=Bi("git",[...Q,"remote","get-url","origin"],{cwd:n,encoding:"utf8"});if(e===0)return/[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(t.trim())?.[1]}function On(n,e,t,i){let{environment:o,clock:r,progress:s,signal:a,checkerFolder:l,confirm:p}=i,u=ut(n.contract,e,Pe),c=Ji(i.currentFolder,t??".");t!==void 0&&Ki(t,c);let{GITHUB_WORKSPACE:d,...H}=o,A=Cn(H,c),Tn={...A,workspace:c,repository:A.repository??vn(c)};return a.throwIfAborted(),n.run({inputs:u,context:Tn,environment:o,checkerFolder:l,signal:a,progress:s,clock:r,confirm:p})}function Ki(n,e){if(!Yi(e))throw new C({code:"folder-not-found",message:`-C ${n}: there is no such folder`,remedy:"Name the folder that holds the manifest, relative to the current one.",source:"user"})}function Yi(n){try{return zi(n).isDirectory()}catch{return!1}}function xn(n,e){return Ui(n,e?"checker":"validate/checker")}function Sn(n){return new C({code:"cancelled",message:`the command was stopped (${n})`,remedy:"Start it again when you are ready.",source:"user"})}var Zi={SIGINT:_.interrupted,SIGTERM:_.terminated};function kn(n){let e=new AbortController,t,i=o=>{t!==void 0&&process.exit(t),t=Zi[o],n("Stopping: what was begun is undone or stopped first. Once more ends it at once."),e.abort(Sn(o))};return process.on("SIGINT",i),process.on("SIGTERM",i),{signal:e.signal,exitCode:()=>t,end:()=>{process.off("SIGINT",i),process.off("SIGTERM",i)}}}async function An(n){let{args:e,stdout:t,stderr:i,environment:o}=n,r=_.success,s=un(n.commands,async(a,l,p)=>{r=await Qi(a,l,p,n)});if(mn(s,n),eo(s,n),e.length===0)return i.write(s.helpInformation()),_.usage;try{return await s.parseAsync([...e],{from:"user"}),r}catch(a){if(a instanceof se&&a.exitCode===0)return _.success;if(a instanceof se&&a.code==="commander.help")return _.usage;let l=a instanceof se?to(a):a;return e.includes("--json")&&t.write(le(`${JSON.stringify(We(l),null,2)}
`)),i.write(I(`${je(l,K(i,o))}
`)),Ne(l)}}async function Qi(n,e,t,i){let{stdout:o,stderr:r,environment:s}=i,a=K(r,s),l=bn({stderr:r,paint:a,verbose:t.verbose,quiet:t.quiet,moving:r.isTTY===!0&&s.TERM!=="dumb"&&!s.CI}),p=kn(u=>r.write(`${a.yellow(u)}
`));try{let u=t.json?void 0:fn(i.stdin,r,s,l.stop),c={...i,progress:l.progress,signal:p.signal,confirm:u},d=await On(n,e,t.directory,c);return l.stop(),Xi(d,t,i),d.failure===void 0?_.success:p.exitCode()??_.failed}catch(u){return l.stop(),t.json&&o.write(le(`${JSON.stringify(We(u),null,2)}
`)),r.write(I(`${je(u,a)}
`)),p.exitCode()??Ne(u)}finally{p.end()}}function Xi({views:n,failure:e},{json:t},{stdout:i,stderr:o,environment:r}){i.write(t?le(n.json()):I(`${n.text(K(i,r))}
`)),e!==void 0&&o.write(I(`${K(o,r).red("failed:")} ${e}
`))}function eo(n,{stdout:e,stderr:t}){let i={writeOut:r=>{e.write(r)},writeErr:r=>{t.write(r)},outputError:()=>{}},o=r=>{r.configureOutput(i).exitOverride(),r.commands.forEach(o)};o(n)}function to(n){let[e="",...t]=n.message.replace(/^error: /,"").split(`
`),i=t.join(" ").replace(/^\((.*)\)$/," $1");return new C({code:"usage",message:`${e}.${i}`.replace("..","."),remedy:`See ${b} --help, or ${b} help COMMAND.`,source:"user"})}st();var En=import.meta.dirname;process.exitCode=await An({commands:Zt,args:process.argv.slice(2),stdout:process.stdout,stderr:process.stderr,stdin:process.stdin,environment:process.env,currentFolder:process.cwd(),checkerFolder:xn(En,no(io(En,"checker"))),clock:Be});
