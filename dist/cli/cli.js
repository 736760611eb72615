#!/usr/bin/env node
import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
import{a as Xe}from"./chunk-MDESSCOF.js";import{a as Ve}from"./chunk-EMHYR245.js";import{e as N,f as Q}from"./chunk-ZU6ZFV4R.js";import{b as Ze,c as le,e as vn,f as et,g as ue}from"./chunk-AB5OWGXC.js";import{a as O,b as Ue,d as Ke,f as L,g as Je,h as Ye,j as ce,k as Qe}from"./chunk-V6PKCLKS.js";import{B as A,C as ae,I as Be,J as k,K as ze,l as h,r as Z,x as Me,z as Le}from"./chunk-HKXAHFA3.js";import{a as M,b as F,d as qe}from"./chunk-73NU5E66.js";var U=F(me=>{var te=class extends Error{constructor(e,t,n){super(n),Error.captureStackTrace(this,this.constructor),this.name=this.constructor.name,this.code=t,this.exitCode=e,this.nestedError=void 0}},de=class extends te{constructor(e){super(1,"commander.invalidArgument",e),Error.captureStackTrace(this,this.constructor),this.name=this.constructor.name}};me.CommanderError=te;me.InvalidArgumentError=de});var ne=F(fe=>{var{InvalidArgumentError:kn}=U(),he=class{constructor(e,t){switch(this.description=t||"",this.variadic=!1,this.parseArg=void 0,this.defaultValue=void 0,this.defaultValueDescription=void 0,this.argChoices=void 0,e[0]){case"<":this.required=!0,this._name=e.slice(1,-1);break;case"[":this.required=!1,this._name=e.slice(1,-1);break;default:this.required=!0,this._name=e;break}this._name.endsWith("...")&&(this.variadic=!0,this._name=this._name.slice(0,-3))}name(){return this._name}_collectValue(e,t){return t===this.defaultValue||!Array.isArray(t)?[e]:(t.push(e),t)}default(e,t){return this.defaultValue=e,this.defaultValueDescription=t,this}argParser(e){return this.parseArg=e,this}choices(e){return this.argChoices=e.slice(),this.parseArg=(t,n)=>{if(!this.argChoices.includes(t))throw new kn(`Allowed choices are ${this.argChoices.join(", ")}.`);return this.variadic?this._collectValue(t,n):t},this}argRequired(){return this.required=!0,this}argOptional(){return this.required=!1,this}};function An(i){let e=i.name()+(i.variadic===!0?"...":"");return i.required?"<"+e+">":"["+e+"]"}fe.Argument=he;fe.humanReadableArgName=An});var $e=F(_e=>{var{humanReadableArgName:En}=ne(),ge=class{constructor(){this.helpWidth=void 0,this.minWidthToWrap=40,this.sortSubcommands=!1,this.sortOptions=!1,this.showGlobalOptions=!1}prepareContext(e){this.helpWidth=this.helpWidth??e.helpWidth??80}visibleCommands(e){let t=e.commands.filter(o=>!o._hidden),n=e._getHelpCommand();return n&&!n._hidden&&t.push(n),this.sortSubcommands&&t.sort((o,r)=>o.name().localeCompare(r.name())),t}compareOptions(e,t){let n=o=>o.short?o.short.replace(/^-/,""):o.long.replace(/^--/,"");return n(e).localeCompare(n(t))}visibleOptions(e){let t=e.options.filter(o=>!o.hidden),n=e._getHelpOption();if(n&&!n.hidden){let o=n.short&&e._findOption(n.short),r=n.long&&e._findOption(n.long);!o&&!r?t.push(n):n.long&&!r?t.push(e.createOption(n.long,n.description)):n.short&&!o&&t.push(e.createOption(n.short,n.description))}return this.sortOptions&&t.sort(this.compareOptions),t}visibleGlobalOptions(e){if(!this.showGlobalOptions)return[];let t=[];for(let n=e.parent;n;n=n.parent){let o=n.options.filter(r=>!r.hidden);t.push(...o)}return this.sortOptions&&t.sort(this.compareOptions),t}visibleArguments(e){return e._argsDescription&&e.registeredArguments.forEach(t=>{t.description=t.description||e._argsDescription[t.name()]||""}),e.registeredArguments.find(t=>t.description)?e.registeredArguments:[]}subcommandTerm(e){let t=e.registeredArguments.map(n=>En(n)).join(" ");return e._name+(e._aliases[0]?"|"+e._aliases[0]:"")+(e.options.length?" [options]":"")+(t?" "+t:"")}optionTerm(e){return e.flags}argumentTerm(e){return e.name()}longestSubcommandTermLength(e,t){return t.visibleCommands(e).reduce((n,o)=>Math.max(n,this.displayWidth(t.styleSubcommandTerm(t.subcommandTerm(o)))),0)}longestOptionTermLength(e,t){return t.visibleOptions(e).reduce((n,o)=>Math.max(n,this.displayWidth(t.styleOptionTerm(t.optionTerm(o)))),0)}longestGlobalOptionTermLength(e,t){return t.visibleGlobalOptions(e).reduce((n,o)=>Math.max(n,this.displayWidth(t.styleOptionTerm(t.optionTerm(o)))),0)}longestArgumentTermLength(e,t){return t.visibleArguments(e).reduce((n,o)=>Math.max(n,this.displayWidth(t.styleArgumentTerm(t.argumentTerm(o)))),0)}commandUsage(e){let t=e._name;e._aliases[0]&&(t=t+"|"+e._aliases[0]);let n="";for(let o=e.parent;o;o=o.parent)n=o.name()+" "+n;return n+t+" "+e.usage()}commandDescription(e){return e.description()}subcommandDescription(e){return e.summary()||e.description()}optionDescription(e){let t=[];if(e.argChoices&&t.push(`choices: ${e.argChoices.map(n=>JSON.stringify(n)).join(", ")}`),e.defaultValue!==void 0&&(e.required||e.optional||e.isBoolean()&&typeof e.defaultValue=="boolean")&&t.push(`default: ${e.defaultValueDescription||JSON.stringify(e.defaultValue)}`),e.presetArg!==void 0&&e.optional&&t.push(`preset: ${JSON.stringify(e.presetArg)}`),e.envVar!==void 0&&t.push(`env: ${e.envVar}`),t.length>0){let n=`(${t.join(", ")})`;return e.description?`${e.description} ${n}`:n}return e.description}argumentDescription(e){let t=[];if(e.argChoices&&t.push(`choices: ${e.argChoices.map(n=>JSON.stringify(n)).join(", ")}`),e.defaultValue!==void 0&&t.push(`default: ${e.defaultValueDescription||JSON.stringify(e.defaultValue)}`),t.length>0){let n=`(${t.join(", ")})`;return e.description?`${e.description} ${n}`:n}return e.description}formatItemList(e,t,n){return t.length===0?[]:[n.styleTitle(e),...t,""]}groupItems(e,t,n){let o=new Map;return e.forEach(r=>{let s=n(r);o.has(s)||o.set(s,[])}),t.forEach(r=>{let s=n(r);o.has(s)||o.set(s,[]),o.get(s).push(r)}),o}formatHelp(e,t){let n=t.padWidth(e,t),o=t.helpWidth??80;function r(u,d){return t.formatItem(u,n,d,t)}let s=[`${t.styleTitle("Usage:")} ${t.styleUsage(t.commandUsage(e))}`,""],a=t.commandDescription(e);a.length>0&&(s=s.concat([t.boxWrap(t.styleCommandDescription(a),o),""]));let l=t.visibleArguments(e).map(u=>r(t.styleArgumentTerm(t.argumentTerm(u)),t.styleArgumentDescription(t.argumentDescription(u))));if(s=s.concat(this.formatItemList("Arguments:",l,t)),this.groupItems(e.options,t.visibleOptions(e),u=>u.helpGroupHeading??"Options:").forEach((u,d)=>{let E=u.map(I=>r(t.styleOptionTerm(t.optionTerm(I)),t.styleOptionDescription(t.optionDescription(I))));s=s.concat(this.formatItemList(d,E,t))}),t.showGlobalOptions){let u=t.visibleGlobalOptions(e).map(d=>r(t.styleOptionTerm(t.optionTerm(d)),t.styleOptionDescription(t.optionDescription(d))));s=s.concat(this.formatItemList("Global Options:",u,t))}return this.groupItems(e.commands,t.visibleCommands(e),u=>u.helpGroup()||"Commands:").forEach((u,d)=>{let E=u.map(I=>r(t.styleSubcommandTerm(t.subcommandTerm(I)),t.styleSubcommandDescription(t.subcommandDescription(I))));s=s.concat(this.formatItemList(d,E,t))}),s.join(`
`)}displayWidth(e){return st(e).length}styleTitle(e){return e}styleUsage(e){return e.split(" ").map(t=>t==="[options]"?this.styleOptionText(t):t==="[command]"?this.styleSubcommandText(t):t[0]==="["||t[0]==="<"?this.styleArgumentText(t):this.styleCommandText(t)).join(" ")}styleCommandDescription(e){return this.styleDescriptionText(e)}styleOptionDescription(e){return this.styleDescriptionText(e)}styleSubcommandDescription(e){return this.styleDescriptionText(e)}styleArgumentDescription(e){return this.styleDescriptionText(e)}styleDescriptionText(e){return e}styleOptionTerm(e){return this.styleOptionText(e)}styleSubcommandTerm(e){return e.split(" ").map(t=>t==="[options]"?this.styleOptionText(t):t[0]==="["||t[0]==="<"?this.styleArgumentText(t):this.styleSubcommandText(t)).join(" ")}styleArgumentTerm(e){return this.styleArgumentText(e)}styleOptionText(e){return e}styleArgumentText(e){return e}styleSubcommandText(e){return e}styleCommandText(e){return e}padWidth(e,t){return Math.max(t.longestOptionTermLength(e,t),t.longestGlobalOptionTermLength(e,t),t.longestSubcommandTermLength(e,t),t.longestArgumentTermLength(e,t))}preformatted(e){return/\n[^\S\r\n]/.test(e)}formatItem(e,t,n,o){let s=" ".repeat(2);if(!n)return s+e;let a=e.padEnd(t+e.length-o.displayWidth(e)),l=2,c=(this.helpWidth??80)-t-l-2,u;return c<this.minWidthToWrap||o.preformatted(n)?u=n:u=o.boxWrap(n,c).replace(/\n/g,`
`+" ".repeat(t+l)),s+a+" ".repeat(l)+u.replace(/\n/g,`
${s}`)}boxWrap(e,t){if(t<this.minWidthToWrap)return e;let n=e.split(/\r\n|\n/),o=/[\s]*[^\s]+/g,r=[];return n.forEach(s=>{let a=s.match(o);if(a===null){r.push("");return}let l=[a.shift()],p=this.displayWidth(l[0]);a.forEach(c=>{let u=this.displayWidth(c);if(p+u<=t){l.push(c),p+=u;return}r.push(l.join(""));let d=c.trimStart();l=[d],p=this.displayWidth(d)}),r.push(l.join(""))}),r.join(`
`)}};function st(i){let e=/\x1b\[\d*(;\d*)*m/g;return i.replace(e,"")}_e.Help=ge;_e.stripColor=st});var Ce=F(we=>{var{InvalidArgumentError:In}=U(),ye=class{constructor(e,t){this.flags=e,this.description=t||"",this.required=e.includes("<"),this.optional=e.includes("["),this.variadic=/\w\.\.\.[>\]]$/.test(e),this.mandatory=!1;let n=Tn(e);this.short=n.shortFlag,this.long=n.longFlag,this.negate=!1,this.long&&(this.negate=this.long.startsWith("--no-")),this.defaultValue=void 0,this.defaultValueDescription=void 0,this.presetArg=void 0,this.envVar=void 0,this.parseArg=void 0,this.hidden=!1,this.argChoices=void 0,this.conflictsWith=[],this.implied=void 0,this.helpGroupHeading=void 0}default(e,t){return this.defaultValue=e,this.defaultValueDescription=t,this}preset(e){return this.presetArg=e,this}conflicts(e){return this.conflictsWith=this.conflictsWith.concat(e),this}implies(e){let t=e;return typeof e=="string"&&(t={[e]:!0}),this.implied=Object.assign(this.implied||{},t),this}env(e){return this.envVar=e,this}argParser(e){return this.parseArg=e,this}makeOptionMandatory(e=!0){return this.mandatory=!!e,this}hideHelp(e=!0){return this.hidden=!!e,this}_collectValue(e,t){return t===this.defaultValue||!Array.isArray(t)?[e]:(t.push(e),t)}choices(e){return this.argChoices=e.slice(),this.parseArg=(t,n)=>{if(!this.argChoices.includes(t))throw new In(`Allowed choices are ${this.argChoices.join(", ")}.`);return this.variadic?this._collectValue(t,n):t},this}name(){return this.long?this.long.replace(/^--/,""):this.short.replace(/^-/,"")}attributeName(){return this.negate?at(this.name().replace(/^no-/,"")):at(this.name())}helpGroup(e){return this.helpGroupHeading=e,this}is(e){return this.short===e||this.long===e}isBoolean(){return!this.required&&!this.optional&&!this.negate}},be=class{constructor(e){this.positiveOptions=new Map,this.negativeOptions=new Map,this.dualOptions=new Set,e.forEach(t=>{t.negate?this.negativeOptions.set(t.attributeName(),t):this.positiveOptions.set(t.attributeName(),t)}),this.negativeOptions.forEach((t,n)=>{this.positiveOptions.has(n)&&this.dualOptions.add(n)})}valueFromOption(e,t){let n=t.attributeName();if(!this.dualOptions.has(n))return!0;let o=this.negativeOptions.get(n).presetArg,r=o!==void 0?o:!1;return t.negate===(r===e)}};function at(i){return i.split("-").reduce((e,t)=>e+t[0].toUpperCase()+t.slice(1))}function Tn(i){let e,t,n=/^-[^-]$/,o=/^--[^-]/,r=i.split(/[ |,]+/).concat("guard");if(n.test(r[0])&&(e=r.shift()),o.test(r[0])&&(t=r.shift()),!e&&n.test(r[0])&&(e=r.shift()),!e&&o.test(r[0])&&(e=t,t=r.shift()),r[0].startsWith("-")){let s=r[0],a=`option creation failed due to '${s}' in option flags '${i}'`;throw/^-[^-][^-]/.test(s)?new Error(`${a}
- a short flag is a single dash and a single character
  - either use a single dash and a single character (for a short flag)
  - or use a double dash for a long option (and can have two, like '--ws, --workspace')`):n.test(s)?new Error(`${a}
- too many short flags`):o.test(s)?new Error(`${a}
- too many long flags`):new Error(`${a}
- unrecognised flag format`)}if(e===void 0&&t===void 0)throw new Error(`option creation failed due to no flags found in '${i}'.`);return{shortFlag:e,longFlag:t}}we.Option=ye;we.DualOptions=be});var ct=F(lt=>{function Dn(i,e){if(Math.abs(i.length-e.length)>3)return Math.max(i.length,e.length);let t=[];for(let n=0;n<=i.length;n++)t[n]=[n];for(let n=0;n<=e.length;n++)t[0][n]=n;for(let n=1;n<=e.length;n++)for(let o=1;o<=i.length;o++){let r=1;i[o-1]===e[n-1]?r=0:r=1,t[o][n]=Math.min(t[o-1][n]+1,t[o][n-1]+1,t[o-1][n-1]+r),o>1&&n>1&&i[o-1]===e[n-2]&&i[o-2]===e[n-1]&&(t[o][n]=Math.min(t[o][n],t[o-2][n-2]+1))}return t[i.length][e.length]}function Pn(i,e){if(!e||e.length===0)return"";e=Array.from(new Set(e));let t=i.startsWith("--");t&&(i=i.slice(2),e=e.map(s=>s.slice(2)));let n=[],o=3,r=.4;return e.forEach(s=>{if(s.length<=1)return;let a=Dn(i,s),l=Math.max(i.length,s.length);(l-a)/l>r&&(a<o?(o=a,n=[s]):a===o&&n.push(s))}),n.sort((s,a)=>s.localeCompare(a)),t&&(n=n.map(s=>`--${s}`)),n.length>1?`
(Did you mean one of ${n.join(", ")}?)`:n.length===1?`
(Did you mean ${n[0]}?)`:""}lt.suggestSimilar=Pn});var mt=F(ke=>{var Rn=M("node:events").EventEmitter,ve=M("node:child_process"),P=M("node:path"),ie=M("node:fs"),m=M("node:process"),{Argument:Hn,humanReadableArgName:Fn}=ne(),{CommanderError:Oe}=U(),{Help:Nn,stripColor:Wn}=$e(),{Option:ut,DualOptions:jn}=Ce(),{suggestSimilar:pt}=ct(),xe=class i extends Rn{constructor(e){super(),this.commands=[],this.options=[],this.parent=null,this._allowUnknownOption=!1,this._allowExcessArguments=!1,this.registeredArguments=[],this._args=this.registeredArguments,this.args=[],this.rawArgs=[],this.processedArgs=[],this._scriptPath=null,this._name=e||"",this._optionValues={},this._optionValueSources={},this._storeOptionsAsProperties=!1,this._actionHandler=null,this._executableHandler=!1,this._executableFile=null,this._executableDir=null,this._defaultCommandName=null,this._exitCallback=null,this._aliases=[],this._combineFlagAndOptionalValue=!0,this._description="",this._summary="",this._argsDescription=void 0,this._enablePositionalOptions=!1,this._passThroughOptions=!1,this._lifeCycleHooks={},this._showHelpAfterError=!1,this._showSuggestionAfterError=!0,this._savedState=null,this._outputConfiguration={writeOut:t=>m.stdout.write(t),writeErr:t=>m.stderr.write(t),outputError:(t,n)=>n(t),getOutHelpWidth:()=>m.stdout.isTTY?m.stdout.columns:void 0,getErrHelpWidth:()=>m.stderr.isTTY?m.stderr.columns:void 0,getOutHasColors:()=>Se()??(m.stdout.isTTY&&m.stdout.hasColors?.()),getErrHasColors:()=>Se()??(m.stderr.isTTY&&m.stderr.hasColors?.()),stripColor:t=>Wn(t)},this._hidden=!1,this._helpOption=void 0,this._addImplicitHelpCommand=void 0,this._helpCommand=void 0,this._helpConfiguration={},this._helpGroupHeading=void 0,this._defaultCommandGroup=void 0,this._defaultOptionGroup=void 0}copyInheritedSettings(e){return this._outputConfiguration=e._outputConfiguration,this._helpOption=e._helpOption,this._helpCommand=e._helpCommand,this._helpConfiguration=e._helpConfiguration,this._exitCallback=e._exitCallback,this._storeOptionsAsProperties=e._storeOptionsAsProperties,this._combineFlagAndOptionalValue=e._combineFlagAndOptionalValue,this._allowExcessArguments=e._allowExcessArguments,this._enablePositionalOptions=e._enablePositionalOptions,this._showHelpAfterError=e._showHelpAfterError,this._showSuggestionAfterError=e._showSuggestionAfterError,this}_getCommandAndAncestors(){let e=[];for(let t=this;t;t=t.parent)e.push(t);return e}command(e,t,n){let o=t,r=n;typeof o=="object"&&o!==null&&(r=o,o=null),r=r||{};let[,s,a]=e.match(/([^ ]+) *(.*)/),l=this.createCommand(s);return o&&(l.description(o),l._executableHandler=!0),r.isDefault&&(this._defaultCommandName=l._name),l._hidden=!!(r.noHelp||r.hidden),l._executableFile=r.executableFile||null,a&&l.arguments(a),this._registerCommand(l),l.parent=this,l.copyInheritedSettings(this),o?this:l}createCommand(e){return new i(e)}createHelp(){return Object.assign(new Nn,this.configureHelp())}configureHelp(e){return e===void 0?this._helpConfiguration:(this._helpConfiguration=e,this)}configureOutput(e){return e===void 0?this._outputConfiguration:(this._outputConfiguration={...this._outputConfiguration,...e},this)}showHelpAfterError(e=!0){return typeof e!="string"&&(e=!!e),this._showHelpAfterError=e,this}showSuggestionAfterError(e=!0){return this._showSuggestionAfterError=!!e,this}addCommand(e,t){if(!e._name)throw new Error(`Command passed to .addCommand() must have a name
- specify the name in Command constructor or using .name()`);return t=t||{},t.isDefault&&(this._defaultCommandName=e._name),(t.noHelp||t.hidden)&&(e._hidden=!0),this._registerCommand(e),e.parent=this,e._checkForBrokenPassThrough(),this}createArgument(e,t){return new Hn(e,t)}argument(e,t,n,o){let r=this.createArgument(e,t);return typeof n=="function"?r.default(o).argParser(n):r.default(n),this.addArgument(r),this}arguments(e){return e.trim().split(/ +/).forEach(t=>{this.argument(t)}),this}addArgument(e){let t=this.registeredArguments.slice(-1)[0];if(t?.variadic)throw new Error(`only the last argument can be variadic '${t.name()}'`);if(e.required&&e.defaultValue!==void 0&&e.parseArg===void 0)throw new Error(`a default value for a required argument is never used: '${e.name()}'`);return this.registeredArguments.push(e),this}helpCommand(e,t){if(typeof e=="boolean")return this._addImplicitHelpCommand=e,e&&this._defaultCommandGroup&&this._initCommandGroup(this._getHelpCommand()),this;let n=e??"help [command]",[,o,r]=n.match(/([^ ]+) *(.*)/),s=t??"display help for command",a=this.createCommand(o);return a.helpOption(!1),r&&a.arguments(r),s&&a.description(s),this._addImplicitHelpCommand=!0,this._helpCommand=a,(e||t)&&this._initCommandGroup(a),this}addHelpCommand(e,t){return typeof e!="object"?(this.helpCommand(e,t),this):(this._addImplicitHelpCommand=!0,this._helpCommand=e,this._initCommandGroup(e),this)}_getHelpCommand(){return this._addImplicitHelpCommand??(this.commands.length&&!this._actionHandler&&!this._findCommand("help"))?(this._helpCommand===void 0&&this.helpCommand(void 0,void 0),this._helpCommand):null}hook(e,t){let n=["preSubcommand","preAction","postAction"];if(!n.includes(e))throw new Error(`Unexpected value for event passed to hook : '${e}'.
Expecting one of '${n.join("', '")}'`);return this._lifeCycleHooks[e]?this._lifeCycleHooks[e].push(t):this._lifeCycleHooks[e]=[t],this}exitOverride(e){return e?this._exitCallback=e:this._exitCallback=t=>{if(t.code!=="commander.executeSubCommandAsync")throw t},this}_exit(e,t,n){this._exitCallback&&this._exitCallback(new Oe(e,t,n)),m.exit(e)}action(e){let t=n=>{let o=this.registeredArguments.length,r=n.slice(0,o);return this._storeOptionsAsProperties?r[o]=this:r[o]=this.opts(),r.push(this),e.apply(this,r)};return this._actionHandler=t,this}createOption(e,t){return new ut(e,t)}_callParseArg(e,t,n,o){try{return e.parseArg(t,n)}catch(r){if(r.code==="commander.invalidArgument"){let s=`${o} ${r.message}`;this.error(s,{exitCode:r.exitCode,code:r.code})}throw r}}_registerOption(e){let t=e.short&&this._findOption(e.short)||e.long&&this._findOption(e.long);if(t){let n=e.long&&this._findOption(e.long)?e.long:e.short;throw new Error(`Cannot add option '${e.flags}'${this._name&&` to command '${this._name}'`} due to conflicting flag '${n}'
-  already used by option '${t.flags}'`)}this._initOptionGroup(e),this.options.push(e)}_registerCommand(e){let t=o=>[o.name()].concat(o.aliases()),n=t(e).find(o=>this._findCommand(o));if(n){let o=t(this._findCommand(n)).join("|"),r=t(e).join("|");throw new Error(`cannot add command '${r}' as already have command '${o}'`)}this._initCommandGroup(e),this.commands.push(e)}addOption(e){this._registerOption(e);let t=e.name(),n=e.attributeName();if(e.negate){let r=e.long.replace(/^--no-/,"--");this._findOption(r)||this.setOptionValueWithSource(n,e.defaultValue===void 0?!0:e.defaultValue,"default")}else e.defaultValue!==void 0&&this.setOptionValueWithSource(n,e.defaultValue,"default");let o=(r,s,a)=>{r==null&&e.presetArg!==void 0&&(r=e.presetArg);let l=this.getOptionValue(n);r!==null&&e.parseArg?r=this._callParseArg(e,r,l,s):r!==null&&e.variadic&&(r=e._collectValue(r,l)),r==null&&(e.negate?r=!1:e.isBoolean()||e.optional?r=!0:r=""),this.setOptionValueWithSource(n,r,a)};return this.on("option:"+t,r=>{let s=`error: option '${e.flags}' argument '${r}' is invalid.`;o(r,s,"cli")}),e.envVar&&this.on("optionEnv:"+t,r=>{let s=`error: option '${e.flags}' value '${r}' from env '${e.envVar}' is invalid.`;o(r,s,"env")}),this}_optionEx(e,t,n,o,r){if(typeof t=="object"&&t instanceof ut)throw new Error("To add an Option object use addOption() instead of option() or requiredOption()");let s=this.createOption(t,n);if(s.makeOptionMandatory(!!e.mandatory),typeof o=="function")s.default(r).argParser(o);else if(o instanceof RegExp){let a=o;o=(l,p)=>{let c=a.exec(l);return c?c[0]:p},s.default(r).argParser(o)}else s.default(o);return this.addOption(s)}option(e,t,n,o){return this._optionEx({},e,t,n,o)}requiredOption(e,t,n,o){return this._optionEx({mandatory:!0},e,t,n,o)}combineFlagAndOptionalValue(e=!0){return this._combineFlagAndOptionalValue=!!e,this}allowUnknownOption(e=!0){return this._allowUnknownOption=!!e,this}allowExcessArguments(e=!0){return this._allowExcessArguments=!!e,this}enablePositionalOptions(e=!0){return this._enablePositionalOptions=!!e,this}passThroughOptions(e=!0){return this._passThroughOptions=!!e,this._checkForBrokenPassThrough(),this}_checkForBrokenPassThrough(){if(this.parent&&this._passThroughOptions&&!this.parent._enablePositionalOptions)throw new Error(`passThroughOptions cannot be used for '${this._name}' without turning on enablePositionalOptions for parent command(s)`)}storeOptionsAsProperties(e=!0){if(this.options.length)throw new Error("call .storeOptionsAsProperties() before adding options");if(Object.keys(this._optionValues).length)throw new Error("call .storeOptionsAsProperties() before setting option values");return this._storeOptionsAsProperties=!!e,this}getOptionValue(e){return this._storeOptionsAsProperties?this[e]:this._optionValues[e]}setOptionValue(e,t){return this.setOptionValueWithSource(e,t,void 0)}setOptionValueWithSource(e,t,n){return this._storeOptionsAsProperties?this[e]=t:this._optionValues[e]=t,this._optionValueSources[e]=n,this}getOptionValueSource(e){return this._optionValueSources[e]}getOptionValueSourceWithGlobals(e){let t;return this._getCommandAndAncestors().forEach(n=>{n.getOptionValueSource(e)!==void 0&&(t=n.getOptionValueSource(e))}),t}_prepareUserArgs(e,t){if(e!==void 0&&!Array.isArray(e))throw new Error("first parameter to parse must be array or undefined");if(t=t||{},e===void 0&&t.from===void 0){m.versions?.electron&&(t.from="electron");let o=m.execArgv??[];(o.includes("-e")||o.includes("--eval")||o.includes("-p")||o.includes("--print"))&&(t.from="eval")}e===void 0&&(e=m.argv),this.rawArgs=e.slice();let n;switch(t.from){case void 0:case"node":this._scriptPath=e[1],n=e.slice(2);break;case"electron":m.defaultApp?(this._scriptPath=e[1],n=e.slice(2)):n=e.slice(1);break;case"user":n=e.slice(0);break;case"eval":n=e.slice(1);break;default:throw new Error(`unexpected parse option { from: '${t.from}' }`)}return!this._name&&this._scriptPath&&this.nameFromFilename(this._scriptPath),this._name=this._name||"program",n}parse(e,t){this._prepareForParse();let n=this._prepareUserArgs(e,t);return this._parseCommand([],n),this}async parseAsync(e,t){this._prepareForParse();let n=this._prepareUserArgs(e,t);return await this._parseCommand([],n),this}_prepareForParse(){this._savedState===null?this.saveStateBeforeParse():this.restoreStateBeforeParse()}saveStateBeforeParse(){this._savedState={_name:this._name,_optionValues:{...this._optionValues},_optionValueSources:{...this._optionValueSources}}}restoreStateBeforeParse(){if(this._storeOptionsAsProperties)throw new Error(`Can not call parse again when storeOptionsAsProperties is true.
- either make a new Command for each call to parse, or stop storing options as properties`);this._name=this._savedState._name,this._scriptPath=null,this.rawArgs=[],this._optionValues={...this._savedState._optionValues},this._optionValueSources={...this._savedState._optionValueSources},this.args=[],this.processedArgs=[]}_checkForMissingExecutable(e,t,n){if(ie.existsSync(e))return;let o=t?`searched for local subcommand relative to directory '${t}'`:"no directory for search for local subcommand, use .executableDir() to supply a custom directory",r=`'${e}' does not exist
 - if '${n}' is not meant to be an executable command, remove description parameter from '.command()' and use '.description()' instead
 - if the default executable name is not suitable, use the executableFile option to supply a custom name or path
 - ${o}`;throw new Error(r)}_executeSubCommand(e,t){t=t.slice();let n=!1,o=[".js",".ts",".tsx",".mjs",".cjs"];function r(c,u){let d=P.resolve(c,u);if(ie.existsSync(d))return d;if(o.includes(P.extname(u)))return;let E=o.find(I=>ie.existsSync(`${d}${I}`));if(E)return`${d}${E}`}this._checkForMissingMandatoryOptions(),this._checkForConflictingOptions();let s=e._executableFile||`${this._name}-${e._name}`,a=this._executableDir||"";if(this._scriptPath){let c;try{c=ie.realpathSync(this._scriptPath)}catch{c=this._scriptPath}a=P.resolve(P.dirname(c),a)}if(a){let c=r(a,s);if(!c&&!e._executableFile&&this._scriptPath){let u=P.basename(this._scriptPath,P.extname(this._scriptPath));u!==this._name&&(c=r(a,`${u}-${e._name}`))}s=c||s}n=o.includes(P.extname(s));let l;m.platform!=="win32"?n?(t.unshift(s),t=dt(m.execArgv).concat(t),l=ve.spawn(m.argv[0],t,{stdio:"inherit"})):l=ve.spawn(s,t,{stdio:"inherit"}):(this._checkForMissingExecutable(s,a,e._name),t.unshift(s),t=dt(m.execArgv).concat(t),l=ve.spawn(m.execPath,t,{stdio:"inherit"})),l.killed||["SIGUSR1","SIGUSR2","SIGTERM","SIGINT","SIGHUP"].forEach(u=>{m.on(u,()=>{l.killed===!1&&l.exitCode===null&&l.kill(u)})});let p=this._exitCallback;l.on("close",c=>{c=c??1,p?p(new Oe(c,"commander.executeSubCommandAsync","(close)")):m.exit(c)}),l.on("error",c=>{if(c.code==="ENOENT")this._checkForMissingExecutable(s,a,e._name);else if(c.code==="EACCES")throw new Error(`'${s}' not executable`);if(!p)m.exit(1);else{let u=new Oe(1,"commander.executeSubCommandAsync","(error)");u.nestedError=c,p(u)}}),this.runningCommand=l}_dispatchSubcommand(e,t,n){let o=this._findCommand(e);o||this.help({error:!0}),o._prepareForParse();let r;return r=this._chainOrCallSubCommandHook(r,o,"preSubcommand"),r=this._chainOrCall(r,()=>{if(o._executableHandler)this._executeSubCommand(o,t.concat(n));else return o._parseCommand(t,n)}),r}_dispatchHelpCommand(e){e||this.help();let t=this._findCommand(e);return t&&!t._executableHandler&&t.help(),this._dispatchSubcommand(e,[],[this._getHelpOption()?.long??this._getHelpOption()?.short??"--help"])}_checkNumberOfArguments(){this.registeredArguments.forEach((e,t)=>{e.required&&this.args[t]==null&&this.missingArgument(e.name())}),!(this.registeredArguments.length>0&&this.registeredArguments[this.registeredArguments.length-1].variadic)&&this.args.length>this.registeredArguments.length&&this._excessArguments(this.args)}_processArguments(){let e=(n,o,r)=>{let s=o;if(o!==null&&n.parseArg){let a=`error: command-argument value '${o}' is invalid for argument '${n.name()}'.`;s=this._callParseArg(n,o,r,a)}return s};this._checkNumberOfArguments();let t=[];this.registeredArguments.forEach((n,o)=>{let r=n.defaultValue;n.variadic?o<this.args.length?(r=this.args.slice(o),n.parseArg&&(r=r.reduce((s,a)=>e(n,a,s),n.defaultValue))):r===void 0&&(r=[]):o<this.args.length&&(r=this.args[o],n.parseArg&&(r=e(n,r,n.defaultValue))),t[o]=r}),this.processedArgs=t}_chainOrCall(e,t){return e?.then&&typeof e.then=="function"?e.then(()=>t()):t()}_chainOrCallHooks(e,t){let n=e,o=[];return this._getCommandAndAncestors().reverse().filter(r=>r._lifeCycleHooks[t]!==void 0).forEach(r=>{r._lifeCycleHooks[t].forEach(s=>{o.push({hookedCommand:r,callback:s})})}),t==="postAction"&&o.reverse(),o.forEach(r=>{n=this._chainOrCall(n,()=>r.callback(r.hookedCommand,this))}),n}_chainOrCallSubCommandHook(e,t,n){let o=e;return this._lifeCycleHooks[n]!==void 0&&this._lifeCycleHooks[n].forEach(r=>{o=this._chainOrCall(o,()=>r(this,t))}),o}_parseCommand(e,t){let n=this.parseOptions(t);if(this._parseOptionsEnv(),this._parseOptionsImplied(),e=e.concat(n.operands),t=n.unknown,this.args=e.concat(t),e&&this._findCommand(e[0]))return this._dispatchSubcommand(e[0],e.slice(1),t);if(this._getHelpCommand()&&e[0]===this._getHelpCommand().name())return this._dispatchHelpCommand(e[1]);if(this._defaultCommandName)return this._outputHelpIfRequested(t),this._dispatchSubcommand(this._defaultCommandName,e,t);this.commands.length&&this.args.length===0&&!this._actionHandler&&!this._defaultCommandName&&this.help({error:!0}),this._outputHelpIfRequested(n.unknown),this._checkForMissingMandatoryOptions(),this._checkForConflictingOptions();let o=()=>{n.unknown.length>0&&this.unknownOption(n.unknown[0])},r=`command:${this.name()}`;if(this._actionHandler){o(),this._processArguments();let s;return s=this._chainOrCallHooks(s,"preAction"),s=this._chainOrCall(s,()=>this._actionHandler(this.processedArgs)),this.parent&&(s=this._chainOrCall(s,()=>{this.parent.emit(r,e,t)})),s=this._chainOrCallHooks(s,"postAction"),s}if(this.parent?.listenerCount(r))o(),this._processArguments(),this.parent.emit(r,e,t);else if(e.length){if(this._findCommand("*"))return this._dispatchSubcommand("*",e,t);this.listenerCount("command:*")?this.emit("command:*",e,t):this.commands.length?this.unknownCommand():(o(),this._processArguments())}else this.commands.length?(o(),this.help({error:!0})):(o(),this._processArguments())}_findCommand(e){if(e)return this.commands.find(t=>t._name===e||t._aliases.includes(e))}_findOption(e){return this.options.find(t=>t.is(e))}_checkForMissingMandatoryOptions(){this._getCommandAndAncestors().forEach(e=>{e.options.forEach(t=>{t.mandatory&&e.getOptionValue(t.attributeName())===void 0&&e.missingMandatoryOptionValue(t)})})}_checkForConflictingLocalOptions(){let e=this.options.filter(n=>{let o=n.attributeName();return this.getOptionValue(o)===void 0?!1:this.getOptionValueSource(o)!=="default"});e.filter(n=>n.conflictsWith.length>0).forEach(n=>{let o=e.find(r=>n.conflictsWith.includes(r.attributeName()));o&&this._conflictingOption(n,o)})}_checkForConflictingOptions(){this._getCommandAndAncestors().forEach(e=>{e._checkForConflictingLocalOptions()})}parseOptions(e){let t=[],n=[],o=t;function r(c){return c.length>1&&c[0]==="-"}let s=c=>/^-(\d+|\d*\.\d+)(e[+-]?\d+)?$/.test(c)?!this._getCommandAndAncestors().some(u=>u.options.map(d=>d.short).some(d=>/^-\d$/.test(d))):!1,a=null,l=null,p=0;for(;p<e.length||l;){let c=l??e[p++];if(l=null,c==="--"){o===n&&o.push(c),o.push(...e.slice(p));break}if(a&&(!r(c)||s(c))){this.emit(`option:${a.name()}`,c);continue}if(a=null,r(c)){let u=this._findOption(c);if(u){if(u.required){let d=e[p++];d===void 0&&this.optionMissingArgument(u),this.emit(`option:${u.name()}`,d)}else if(u.optional){let d=null;p<e.length&&(!r(e[p])||s(e[p]))&&(d=e[p++]),this.emit(`option:${u.name()}`,d)}else this.emit(`option:${u.name()}`);a=u.variadic?u:null;continue}}if(c.length>2&&c[0]==="-"&&c[1]!=="-"){let u=this._findOption(`-${c[1]}`);if(u){u.required||u.optional&&this._combineFlagAndOptionalValue?this.emit(`option:${u.name()}`,c.slice(2)):(this.emit(`option:${u.name()}`),l=`-${c.slice(2)}`);continue}}if(/^--[^=]+=/.test(c)){let u=c.indexOf("="),d=this._findOption(c.slice(0,u));if(d&&(d.required||d.optional)){this.emit(`option:${d.name()}`,c.slice(u+1));continue}}if(o===t&&r(c)&&!(this.commands.length===0&&s(c))&&(o=n),(this._enablePositionalOptions||this._passThroughOptions)&&t.length===0&&n.length===0){if(this._findCommand(c)){t.push(c),n.push(...e.slice(p));break}else if(this._getHelpCommand()&&c===this._getHelpCommand().name()){t.push(c,...e.slice(p));break}else if(this._defaultCommandName){n.push(c,...e.slice(p));break}}if(this._passThroughOptions){o.push(c,...e.slice(p));break}o.push(c)}return{operands:t,unknown:n}}opts(){if(this._storeOptionsAsProperties){let e={},t=this.options.length;for(let n=0;n<t;n++){let o=this.options[n].attributeName();e[o]=o===this._versionOptionName?this._version:this[o]}return e}return this._optionValues}optsWithGlobals(){return this._getCommandAndAncestors().reduce((e,t)=>Object.assign(e,t.opts()),{})}error(e,t){this._outputConfiguration.outputError(`${e}
`,this._outputConfiguration.writeErr),typeof this._showHelpAfterError=="string"?this._outputConfiguration.writeErr(`${this._showHelpAfterError}
`):this._showHelpAfterError&&(this._outputConfiguration.writeErr(`
`),this.outputHelp({error:!0}));let n=t||{},o=n.exitCode||1,r=n.code||"commander.error";this._exit(o,r,e)}_parseOptionsEnv(){this.options.forEach(e=>{if(e.envVar&&e.envVar in m.env){let t=e.attributeName();(this.getOptionValue(t)===void 0||["default","config","env"].includes(this.getOptionValueSource(t)))&&(e.required||e.optional?this.emit(`optionEnv:${e.name()}`,m.env[e.envVar]):this.emit(`optionEnv:${e.name()}`))}})}_parseOptionsImplied(){let e=new jn(this.options),t=n=>this.getOptionValue(n)!==void 0&&!["default","implied"].includes(this.getOptionValueSource(n));this.options.filter(n=>n.implied!==void 0&&t(n.attributeName())&&e.valueFromOption(this.getOptionValue(n.attributeName()),n)).forEach(n=>{Object.keys(n.implied).filter(o=>!t(o)).forEach(o=>{this.setOptionValueWithSource(o,n.implied[o],"implied")})})}missingArgument(e){let t=`error: missing required argument '${e}'`;this.error(t,{code:"commander.missingArgument"})}optionMissingArgument(e){let t=`error: option '${e.flags}' argument missing`;this.error(t,{code:"commander.optionMissingArgument"})}missingMandatoryOptionValue(e){let t=`error: required option '${e.flags}' not specified`;this.error(t,{code:"commander.missingMandatoryOptionValue"})}_conflictingOption(e,t){let n=s=>{let a=s.attributeName(),l=this.getOptionValue(a),p=this.options.find(u=>u.negate&&a===u.attributeName()),c=this.options.find(u=>!u.negate&&a===u.attributeName());return p&&(p.presetArg===void 0&&l===!1||p.presetArg!==void 0&&l===p.presetArg)?p:c||s},o=s=>{let a=n(s),l=a.attributeName();return this.getOptionValueSource(l)==="env"?`environment variable '${a.envVar}'`:`option '${a.flags}'`},r=`error: ${o(e)} cannot be used with ${o(t)}`;this.error(r,{code:"commander.conflictingOption"})}unknownOption(e){if(this._allowUnknownOption)return;let t="";if(e.startsWith("--")&&this._showSuggestionAfterError){let o=[],r=this;do{let s=r.createHelp().visibleOptions(r).filter(a=>a.long).map(a=>a.long);o=o.concat(s),r=r.parent}while(r&&!r._enablePositionalOptions);t=pt(e,o)}let n=`error: unknown option '${e}'${t}`;this.error(n,{code:"commander.unknownOption"})}_excessArguments(e){if(this._allowExcessArguments)return;let t=this.registeredArguments.length,n=t===1?"":"s",r=`error: too many arguments${this.parent?` for '${this.name()}'`:""}. Expected ${t} argument${n} but got ${e.length}.`;this.error(r,{code:"commander.excessArguments"})}unknownCommand(){let e=this.args[0],t="";if(this._showSuggestionAfterError){let o=[];this.createHelp().visibleCommands(this).forEach(r=>{o.push(r.name()),r.alias()&&o.push(r.alias())}),t=pt(e,o)}let n=`error: unknown command '${e}'${t}`;this.error(n,{code:"commander.unknownCommand"})}version(e,t,n){if(e===void 0)return this._version;this._version=e,t=t||"-V, --version",n=n||"output the version number";let o=this.createOption(t,n);return this._versionOptionName=o.attributeName(),this._registerOption(o),this.on("option:"+o.name(),()=>{this._outputConfiguration.writeOut(`${e}
`),this._exit(0,"commander.version",e)}),this}description(e,t){return e===void 0&&t===void 0?this._description:(this._description=e,t&&(this._argsDescription=t),this)}summary(e){return e===void 0?this._summary:(this._summary=e,this)}alias(e){if(e===void 0)return this._aliases[0];let t=this;if(this.commands.length!==0&&this.commands[this.commands.length-1]._executableHandler&&(t=this.commands[this.commands.length-1]),e===t._name)throw new Error("Command alias can't be the same as its name");let n=this.parent?._findCommand(e);if(n){let o=[n.name()].concat(n.aliases()).join("|");throw new Error(`cannot add alias '${e}' to command '${this.name()}' as already have command '${o}'`)}return t._aliases.push(e),this}aliases(e){return e===void 0?this._aliases:(e.forEach(t=>this.alias(t)),this)}usage(e){if(e===void 0){if(this._usage)return this._usage;let t=this.registeredArguments.map(n=>Fn(n));return[].concat(this.options.length||this._helpOption!==null?"[options]":[],this.commands.length?"[command]":[],this.registeredArguments.length?t:[]).join(" ")}return this._usage=e,this}name(e){return e===void 0?this._name:(this._name=e,this)}helpGroup(e){return e===void 0?this._helpGroupHeading??"":(this._helpGroupHeading=e,this)}commandsGroup(e){return e===void 0?this._defaultCommandGroup??"":(this._defaultCommandGroup=e,this)}optionsGroup(e){return e===void 0?this._defaultOptionGroup??"":(this._defaultOptionGroup=e,this)}_initOptionGroup(e){this._defaultOptionGroup&&!e.helpGroupHeading&&e.helpGroup(this._defaultOptionGroup)}_initCommandGroup(e){this._defaultCommandGroup&&!e.helpGroup()&&e.helpGroup(this._defaultCommandGroup)}nameFromFilename(e){return this._name=P.basename(e,P.extname(e)),this}executableDir(e){return e===void 0?this._executableDir:(this._executableDir=e,this)}helpInformation(e){let t=this.createHelp(),n=this._getOutputContext(e);t.prepareContext({error:n.error,helpWidth:n.helpWidth,outputHasColors:n.hasColors});let o=t.formatHelp(this,t);return n.hasColors?o:this._outputConfiguration.stripColor(o)}_getOutputContext(e){e=e||{};let t=!!e.error,n,o,r;return t?(n=a=>this._outputConfiguration.writeErr(a),o=this._outputConfiguration.getErrHasColors(),r=this._outputConfiguration.getErrHelpWidth()):(n=a=>this._outputConfiguration.writeOut(a),o=this._outputConfiguration.getOutHasColors(),r=this._outputConfiguration.getOutHelpWidth()),{error:t,write:a=>(o||(a=this._outputConfiguration.stripColor(a)),n(a)),hasColors:o,helpWidth:r}}outputHelp(e){let t;typeof e=="function"&&(t=e,e=void 0);let n=this._getOutputContext(e),o={error:n.error,write:n.write,command:this};this._getCommandAndAncestors().reverse().forEach(s=>s.emit("beforeAllHelp",o)),this.emit("beforeHelp",o);let r=this.helpInformation({error:n.error});if(t&&(r=t(r),typeof r!="string"&&!Buffer.isBuffer(r)))throw new Error("outputHelp callback must return a string or a Buffer");n.write(r),this._getHelpOption()?.long&&this.emit(this._getHelpOption().long),this.emit("afterHelp",o),this._getCommandAndAncestors().forEach(s=>s.emit("afterAllHelp",o))}helpOption(e,t){return typeof e=="boolean"?(e?(this._helpOption===null&&(this._helpOption=void 0),this._defaultOptionGroup&&this._initOptionGroup(this._getHelpOption())):this._helpOption=null,this):(this._helpOption=this.createOption(e??"-h, --help",t??"display help for command"),(e||t)&&this._initOptionGroup(this._helpOption),this)}_getHelpOption(){return this._helpOption===void 0&&this.helpOption(void 0,void 0),this._helpOption}addHelpOption(e){return this._helpOption=e,this._initOptionGroup(e),this}help(e){this.outputHelp(e);let t=Number(m.exitCode??0);t===0&&e&&typeof e!="function"&&e.error&&(t=1),this._exit(t,"commander.help","(outputHelp)")}addHelpText(e,t){let n=["beforeAll","before","after","afterAll"];if(!n.includes(e))throw new Error(`Unexpected value for position to addHelpText.
Expecting one of '${n.join("', '")}'`);let o=`${e}Help`;return this.on(o,r=>{let s;typeof t=="function"?s=t({error:r.error,command:r.command}):s=t,s&&r.write(`${s}
`)}),this}_outputHelpIfRequested(e){let t=this._getHelpOption();t&&e.find(o=>t.is(o))&&(this.outputHelp(),this._exit(0,"commander.helpDisplayed","(outputHelp)"))}};function dt(i){return i.map(e=>{if(!e.startsWith("--inspect"))return e;let t,n="127.0.0.1",o="9229",r;return(r=e.match(/^(--inspect(-brk)?)$/))!==null?t=r[1]:(r=e.match(/^(--inspect(-brk|-port)?)=([^:]+)$/))!==null?(t=r[1],/^\d+$/.test(r[3])?o=r[3]:n=r[3]):(r=e.match(/^(--inspect(-brk|-port)?)=([^:]+):(\d+)$/))!==null&&(t=r[1],n=r[3],o=r[4]),t&&o!=="0"?`${t}=${n}:${parseInt(o)+1}`:e})}function Se(){if(m.env.NO_COLOR||m.env.FORCE_COLOR==="0"||m.env.FORCE_COLOR==="false")return!1;if(m.env.FORCE_COLOR||m.env.CLICOLOR_FORCE!==void 0)return!0}ke.Command=xe;ke.useColor=Se});var _t=F(S=>{var{Argument:ht}=ne(),{Command:Ae}=mt(),{CommanderError:Gn,InvalidArgumentError:ft}=U(),{Help:qn}=$e(),{Option:gt}=Ce();S.program=new Ae;S.createCommand=i=>new Ae(i);S.createOption=(i,e)=>new gt(i,e);S.createArgument=(i,e)=>new ht(i,e);S.Command=Ae;S.Option=gt;S.Argument=ht;S.Help=qn;S.CommanderError=Gn;S.InvalidArgumentError=ft;S.InvalidOptionArgumentError=ft});import{existsSync as Bi}from"node:fs";import{join as zi}from"node:path";function tt(){for(let i of[process.stdout,process.stderr])i.on("error",e=>{if(e.code!=="EPIPE")throw e})}function f(i,e){return D(i,e,{parse:t=>t===""?void 0:t})}function T(i,e){return D(i,e,{parse:t=>t===""?e:t})}function B(i){return D(i,void 0,{kind:"list",parse:e=>e.split(`
`).map(t=>t.trim()).filter(t=>t!==""&&!t.startsWith("#"))})}function z(i){return D(i,void 0,{kind:"list",parse:e=>e.split(/[\s,]+/).filter(t=>t!=="")})}function w(i,e){let t=h().toLowerCase().pipe(k(["true","false"]));return D(i,String(e),{kind:"flag",choices:["true","false"],parse:n=>n===""?e:t.parse(n)==="true"})}function $(i,e,t){return D(i,t,{choices:e,parse:n=>n===""?t:k(e).parse(n)})}function nt(i,e){return D(i,e,{parse:t=>t===""?e===void 0?void 0:le(e):le(t)})}function j(i){return D(i,void 0,{parse:e=>{if(e!==""){if(!/^[1-9]\d{0,8}$/.test(e))throw new Error("must be a whole number, 1 or more");return Number(e)}}})}function pe(i){return D(i,void 0,{parse:e=>{if(e!==""){if(!/^\d{1,12}(?:\.\d{1,6})?$/.test(e)||Number(e)===0)throw new Error("must be a number above 0, such as 1500 or 0.5");return Number(e)}}})}function it(i,e){return i.choices?`must be one of ${i.choices.join(", ")}`:L(e)}function D(i,e,t){return e===void 0?{description:i,...t}:{description:i,default:e,...t}}var On={name:i=>`input ${i}`,remedy:i=>`Set ${i} in the workflow's "with:" block as its README says.`};function ot(i,e,t=On){let n=Object.keys(i.inputs),o=Object.keys(e).filter(s=>!n.includes(s)).map(s=>xn(i.id,s,n)),r=Object.entries(i.inputs).map(([s,a])=>{let l=(e[s]??"").trim();try{return[s,a.parse(l)]}catch(p){return o.push(Sn(s,l,it(a,p),t)),[s,void 0]}});return Ke(`inputs of ${i.id}`,o),Object.fromEntries(r)}function xn(i,e,t){return new O({code:"unknown-input",message:`${i} has no input "${e}".${Ze(e,t)}`,remedy:`Inputs of ${i}: ${t.join(", ")}.`,source:"user"})}function Sn(i,e,t,n){return new O({code:"invalid-input",message:`${n.name(i)}: "${e}" ${t.startsWith("must")?t:`is not allowed: ${t}`}`,remedy:n.remedy(i),source:"user"})}var C=T("Path of the manifest","glue-pipeline.yml"),x=f("Environment of the manifest; may be left out where it has only one");function G(i){let e=`auto keeps one comment on the pull request up to date with ${i}; needs pull-requests: write, and where that is missing says so and goes on`;return $(e,["auto","never"],"auto")}var q={...f("Token for GitHub's API; the job's own as it is"),default:"${{ github.token }}"};function v(i){return{description:i,schema:h()}}function X(i){return{description:i,schema:h().regex(/^\d+$/)}}var ee={id:"deploy-glue",name:"Deploy Glue scripts",description:"Uploads AWS Glue scripts under content-versioned keys and repoints the jobs without losing one other setting",branding:{icon:"upload-cloud",color:"orange"},inputs:{manifest:C,environment:x,jobs:z("Only these jobs, by their names in the manifest"),mode:$("deploy, only plan, or roll back to an earlier release",["deploy","plan","rollback"],"deploy"),"rollback-to":f("previous, a release id or the beginning of one; for mode: rollback, where empty means previous, and for mode: plan, which then plans that rollback"),validate:w("Check the scripts first; nothing is uploaded while an error stands",!0),"allow-glue-version-change":w("Deploy although a live job has another Glue version than the manifest",!1),"on-older-commit":$("What to do where a job runs a newer commit than the one to deploy",["fail","warn","allow"],"fail"),"on-running":$("What to do about a job with runs in flight",["warn","wait","fail"],"warn"),"keep-releases":j("How many releases to keep, 1 or more; older ones and the scripts only they used are deleted. Empty keeps all"),comment:G("the plan or what was deployed"),"github-deployment":w("Report the deploy or rollback as a GitHub deployment of the environment, with the release's id; needs deployments: write",!1),"github-token":q,"plan-file":f("File of the plan as JSON. Modes plan and rollback write it; mode deploy reads it and applies that plan or nothing: the file must be there and hold a plan"),python:f("Python interpreter for the check, instead of looking for the job's own")},outputs:{result:{description:"deployed, unchanged, planned, rolled-back or failed",schema:k(["deployed","unchanged","planned","rolled-back","failed"])},"release-id":v("Id of the release"),"jobs-changed":v("Names of the Glue jobs that changed, as JSON"),"jobs-unchanged":v("Names of the Glue jobs that did not, as JSON"),"plan-file":v("Path of the plan file, if one was asked for"),"release-uri":v("S3 URI of the release record")}};var $t=qe(_t(),1),{program:go,createCommand:_o,createArgument:$o,createOption:yo,CommanderError:oe,InvalidArgumentError:bo,InvalidOptionArgumentError:wo,Command:yt,Argument:re,Option:Ee,Help:Co}=$t.default;var R={comment:"never","github-token":""},wt={name:i=>`--${i}`,remedy:i=>`See --help for what --${i} takes.`};function Ct(i){let e=new Set([...Object.keys(i.preset??{}),...i.without??[],...(i.positional??[]).filter(({option:t})=>t!==!0).map(({input:t})=>t)]);return Object.entries(i.contract.inputs).filter(([t])=>!e.has(t))}function vt(i,e){for(let t of e.positional??[]){let n=e.contract.inputs[t.input],o=`${t.shown}${t.many===!0?"...":""}`,r=new re(t.required===!0?`<${o}>`:`[${o}]`,Bn(n,t.required===!0));n?.choices!==void 0&&r.choices(n.choices),i.addArgument(r)}for(let[t,n]of Ct(e))i.addOption(Ln(t,n))}function Vn(i,e){if(e.kind==="flag")return e.default==="true"?`--no-${i}`:`--${i}`;let t=zn(i,e.choices!==void 0);return e.kind==="list"?`--${i} <${t}...>`:`--${i} <${t}>`}function Mn(i){return i.kind==="list"?`${i.description}; may be repeated`:i.kind==="flag"&&i.default==="true"?`${i.description} (on by default; this turns it off)`:i.description}function Ln(i,e){let t=Vn(i,e),o=e.kind===void 0&&e.default!==void 0?` (default: ${e.default})`:"",r=new Ee(t,`${Mn(e)}${o}`);return e.choices===void 0||e.kind==="flag"?r:r.choices(e.choices)}function Bn(i,e){return i===void 0?"":i.default===void 0||e?i.description:`${i.description} (default: ${i.default})`}function zn(i,e=!1){return e?"value":/file$|^manifest$|^report-dir$|^download-to$|^python$/.test(i)?"path":/^keep-|^max-|^limit$/.test(i)?"number":i==="timeout"?"duration":i.split("-").at(-1)??"value"}function Ot(i,e,t){let n={...i.preset};for(let[o,{input:r}]of(i.positional??[]).entries()){let s=bt(e[o]);s!==void 0&&(n[r]=s)}for(let[o]of Ct(i)){let r=bt(t[Un(o)]);r!==void 0&&(n[o]=n[o]===void 0?r:`${n[o]}
${r}`)}return i.read?.(n)??n}function bt(i){if(i!==void 0)return Array.isArray(i)?i.join(`
`):String(i)}function Un(i){return new Ee(`--${i}`).attributeName()}var Ie=async i=>(await import("./chunk-BEVTXK6B.js")).deployGlueEntry(i),Te={input:"jobs",shown:"jobs",many:!0,option:!0};function Kn(i){let e=(i.jobs??"").split(`
`).filter(o=>o!==""),t=e.filter(o=>/^(previous|\d{8}T.*)$/.test(o)),[n]=t;return n===void 0||t.length>1||i["rollback-to"]!==void 0?i:{...i,"rollback-to":n,jobs:e.filter(o=>o!==n).join(`
`)}}var xt={name:"plan",summary:"show what a deploy would change; changes nothing",description:"Compares the checkout with the live jobs and shows every change, with the scripts' own diff.",contract:ee,preset:{...R,"github-deployment":"false",mode:"plan"},without:["keep-releases"],positional:[Te],examples:[{command:"plan --environment dev",what:"all jobs"},{command:"plan silver-consolidation --environment dev",what:"one job, by its name in the manifest"},{command:"plan --environment dev --plan-file plan.json",what:"keep the plan, for deploy --plan-file"},{command:"plan --environment dev --rollback-to previous",what:"what a rollback would change"}],run:Ie},St={name:"deploy",summary:"release the scripts: all jobs or none",description:"Checks the scripts, uploads them under keys that their own hash names, repoints the jobs, reads them back and keeps a record. When anything fails, or on Ctrl-C, the jobs that moved are moved back.",contract:ee,preset:{...R,"github-deployment":"false",mode:"deploy"},without:["rollback-to"],positional:[Te],examples:[{command:"deploy --environment dev",what:"all jobs"},{command:"deploy --environment dev --plan-file plan.json",what:"that plan, or nothing"},{command:"deploy --environment dev --on-running wait",what:"wait for runs in flight first"}],run:Ie},kt={name:"rollback",summary:"go back to an earlier release",description:"Without jobs it undoes the newest release, with jobs the newest change of each of them. With a release it goes to the state right after it; the beginning of its id, or of its commit, is enough. It goes by the release records alone: no scripts, no build. A second rollback to previous returns to where you were. plan --rollback-to shows what it would change.",contract:ee,preset:{...R,"github-deployment":"false",mode:"rollback"},without:["validate","python","allow-glue-version-change","plan-file","keep-releases","on-older-commit"],positional:[{...Te,shown:"release or jobs"}],read:Kn,examples:[{command:"rollback --environment dev",what:"undo the newest release"},{command:"rollback 20251105T180309Z-3f2a9c81b0de-17 --environment dev",what:"to the state after that release; releases list shows the ids"},{command:"rollback silver-consolidation --environment dev",what:"undo the newest change of one job"}],run:Ie};var At={id:"run-e2e",name:"Run the Glue pipeline end to end",description:"Cleans, runs and validates a whole pipeline (S3, Lambda, crawlers, Glue jobs, Athena) and says exactly what failed and why",branding:{icon:"play-circle",color:"orange"},inputs:{manifest:C,environment:x,"confirm-clean":f("Must equal the environment's name, or cleaning is refused"),"from-step":f("Start at this step; what comes before it counts as done"),"until-step":f("Stop after this step"),"skip-clean":w("Neither empty S3 prefixes nor reset bookmarks",!1),"expect-release":f("Fail before the run unless the jobs run this release: a release id, or current"),timeout:nt("Limit of the whole run","2h"),"max-dpu-seconds":pe("Fail the run when its jobs use more DPU-seconds than this"),"max-scan-mb":pe("Fail the run when its queries scan more megabytes than this"),resume:$("Whether a re-run of the workflow run goes on where its last attempt ended: what passed is kept, what is still running is followed on",["auto","never"],"auto"),comment:G("the result"),"github-token":q,"report-dir":T("Folder for the reports","reports"),"report-language":$("Language of the reports",["en","pt-BR"],"en")},outputs:{result:{description:"passed, failed, timed-out or cancelled",schema:k(["passed","failed","timed-out","cancelled"])},"failed-step":v("The first step that failed"),"report-markdown":v("Path of the Markdown report"),"report-html":v("Path of the HTML report"),"report-json":v("Path of the JSON report")}};var Et={name:"e2e",summary:"run the pipeline end to end and check its data",description:"Looks everything up, cleans, runs the steps of the manifest's e2e part and writes reports that say what failed and why. Ctrl-C stops what this run has started, and nothing else.",contract:At,preset:R,examples:[{command:"e2e --environment dev --confirm-clean dev",what:"everything, from clean buckets on"},{command:"e2e --environment dev --from-step silver --skip-clean",what:"go on after a fix"},{command:"e2e --environment dev --confirm-clean dev --expect-release current",what:"only if the jobs run the newest release"}],run:async i=>(await import("./chunk-RX7OJSJI.js")).runE2eEntry(i)};var Tt={id:"init",inputs:{from:$("Where the jobs come from: the repository's scripts (no AWS needed), or the account's live jobs",["scripts","jobs"],"scripts"),scripts:B("Folders or globs that hold the job scripts; else every file that imports awsglue"),jobs:B("Globs over the names of the live jobs to take, for --from jobs; else all of them"),"job-name":T("Names of the Glue jobs, for --from scripts: ${name}, ${key}, ${stem} and ${environment} are filled in","${name}-${key}-${environment}"),name:f("Name of the pipeline; else what the live jobs' names share, else the folder's name"),environment:T("Name of the first environment","dev"),region:f("AWS region; else that of the AWS environment variables, else us-east-1"),account:f("Account of the environment, which guards it against deploys to another"),bucket:f("S3 bucket for deployed scripts; else where the live scripts lie, else <name>-glue-scripts"),prefix:T("Key prefix below which deploys write","glue_jobs/"),"glue-version":f("Glue version that the jobs share; else the most frequent one, else 5.0"),"download-to":T("Folder for live scripts that the repository hasn't got","glue_jobs"),manifest:C,workflows:w("Write the GitHub workflows too",!0),force:w("Overwrite files that are there",!1)}};var Dt={name:"init",summary:"write a manifest and the workflows",description:"Writes glue-pipeline.yml from the repository's scripts (no AWS needed) or from the account's live jobs, and the workflows that check pull requests, deploy and roll back. Nothing that is there is overwritten.",contract:Tt,examples:[{command:"init --scripts glue_jobs",what:"one job for each script in a folder"},{command:"init --scripts glue_jobs --name datalake --job-name 'acme-${key}-${environment}'",what:"say how the jobs are called"},{command:"init --from jobs --jobs 'datalake-*-dev' --environment dev",what:"the live jobs of that name; scripts that the repository lacks are downloaded"}],run:async i=>(await import("./chunk-TEAGKKGF.js")).initEntry(i)};var Pt={id:"policy",inputs:{mode:$("What the role is for; trust is who may assume it",["plan","deploy","rollback","e2e","trust"],"deploy"),manifest:C,environment:x,account:f("Twelve digits; else the manifest's account, else that of the credentials"),roles:z("ARNs of the roles that the jobs run under; else they are read from the live jobs"),"kms-keys":z("ARNs of the customer managed keys that encrypt the buckets"),prunes:w("Whether deploys are given keep-releases",!1),repository:f("owner/name on GitHub, for trust; else the origin of this checkout"),part:j("Which document to print, where the policy takes more than one; else all are printed"),partition:$("The AWS partition",["aws","aws-cn","aws-us-gov"],"aws")}};var Rt={name:"policy",summary:"print the IAM policy that a mode needs, and no more",description:"Prints the policy of plan, deploy, rollback or e2e for your manifest, or with trust who may assume the role. The output is the document itself, for aws iam or Terraform.",contract:Pt,positional:[{input:"mode",shown:"mode"}],examples:[{command:"policy deploy --environment dev > deploy.json",what:"roles are read from the live jobs"},{command:"policy deploy --environment dev --roles arn:aws:iam::123456789012:role/glue-jobs",what:"needs no AWS, where the manifest names its account"},{command:"policy trust --environment dev --repository acme/datalake",what:"who may assume the role"}],run:async i=>(await import("./chunk-XXGLGAQP.js")).policyEntry(i)};var Ht={id:"releases list",inputs:{manifest:C,environment:x,limit:j("How many to show, newest first; 20 when left out")}},Ft={id:"releases diff",inputs:{manifest:C,environment:x,from:f("Id of the release to compare"),to:f("Id of the release to compare it with")}},Nt={id:"releases prune",inputs:{manifest:C,environment:x,keep:j("How many applied releases to keep, 1 or more"),"dry-run":w("Show what would be deleted, and delete nothing",!1)}};var Wt={name:"releases list",summary:"list the releases of an environment, newest first",description:"Lists releases with their status: applied, rolled-back (undone) or pending.",contract:Ht,examples:[{command:"releases list --environment dev",what:"the newest twenty"},{command:"releases list --environment dev --limit 5 --json",what:"as JSON"}],run:async i=>(await import("./chunk-BAEOFLGK.js")).listReleasesEntry(i)},jt={name:"releases diff",summary:"show what differs between two releases",description:"Compares the states after two applied releases: where each job points, and the scripts' text.",contract:Ft,positional:[{input:"from",shown:"from",required:!0},{input:"to",shown:"to",required:!0}],examples:[{command:"releases diff 20251105T180309Z-3f2a9c81b0de-17 20251106T090112Z-9be01c77d2aa-18 --environment dev",what:"from the older to the newer"}],run:async i=>(await import("./chunk-BAEOFLGK.js")).diffReleasesEntry(i)},Gt={name:"releases prune",summary:"delete old releases and the scripts that only they used",description:"Keeps the newest applied releases, the newest two that changed each job, and every script and library that a kept release, a live job or a run in flight uses. Releases are deleted some hundreds at a time, until none is left to delete.",contract:Nt,examples:[{command:"releases prune --environment dev --keep 20 --dry-run",what:"what would be deleted"},{command:"releases prune --environment dev --keep 20",what:"delete it"}],run:async i=>(await import("./chunk-7MCL4E5C.js")).pruneReleasesEntry(i)};var De={id:"validate-glue",name:"Validate Glue scripts",description:"Byte-compiles every AWS Glue script with the job's own Python and finds orphan code after job.commit()",branding:{icon:"check-circle",color:"orange"},inputs:{manifest:{...C,description:"Path of the manifest; not needed when paths is given"},paths:B("Globs of scripts to check without a manifest, one per line"),environment:x,"glue-version":f("Glue version of the scripts in paths","5.0"),"changed-only":$("Check only what the pull request or push changed; auto does so on pull requests",["true","false","auto"],"false"),"fail-on":$("The least severity that fails the action",["error","warning","never"],"error"),fix:w("Delete orphan lines in the workspace's files",!1),"findings-file":f("Where to write the findings as JSON"),"sarif-file":f("Where to write the findings as SARIF 2.1.0, for code scanning"),comment:G("the findings, and suggests the fix on its lines"),"github-token":q,python:f("Python interpreter to use instead of looking for the job's own")},outputs:{result:{description:"passed or failed",schema:k(["passed","failed"])},"scripts-checked":X("Number of scripts checked"),errors:X("Number of errors"),warnings:X("Number of warnings"),"findings-file":v("Path of the findings file, if one was asked for"),"sarif-file":v("Path of the SARIF file, if one was asked for")}};var qt=async i=>(await import("./chunk-JOTNZP6Z.js")).validateGlueEntry(i),Vt=[{input:"paths",shown:"paths",many:!0}],Mt={name:"validate",summary:"check the scripts; needs no AWS",description:"Compiles every script of the manifest with its job's own Python, and finds orphan code after job.commit(). No script is imported or executed. With paths, those files are checked and no manifest is needed.",contract:De,preset:{...R,fix:"false"},positional:Vt,examples:[{command:"validate",what:"check every script that glue-pipeline.yml names"},{command:"validate 'glue_jobs/*.py' --glue-version 4.0",what:"check files, with no manifest"},{command:"validate --fail-on warning --sarif-file findings.sarif",what:"be stricter; write SARIF"},{command:"validate --json",what:"the findings as JSON on stdout"}],run:qt},Lt={name:"fix",summary:"delete orphan lines from the scripts",description:"Checks the scripts and deletes what the check proves to be orphan lines: a file is written only when what is left compiles and has no such finding. What remains decides the exit code.",contract:De,preset:{...R,fix:"true"},without:["sarif-file"],positional:Vt,examples:[{command:"fix",what:"mend the scripts of the manifest"},{command:"fix glue_jobs/silver_consolidation_job.py",what:"mend one file"}],run:qt};var Bt=[Dt,Mt,Lt,xt,St,kt,Wt,jt,Gt,Et,Rt];function zt(i){return i.replaceAll(/^(\s*:)(?=:)/gm,"$1\u200B").replaceAll("##[","##\u200B[")}function se(i){return i.replaceAll("##[","##\\u005b")}function Ut(i,e){return`#compdef ${i}
compdef _${i} ${i}

# zsh completion for ${i} -*- shell-script -*-

__${i}_debug() {
    local file="$BASH_COMP_DEBUG_FILE"
    if [[ -n \${file} ]]; then
        echo "$*" >> "\${file}"
    fi
}

_${i}() {
    local shellCompDirectiveError=${g.ShellCompDirectiveError}
    local shellCompDirectiveNoSpace=${g.ShellCompDirectiveNoSpace}
    local shellCompDirectiveNoFileComp=${g.ShellCompDirectiveNoFileComp}
    local shellCompDirectiveFilterFileExt=${g.ShellCompDirectiveFilterFileExt}
    local shellCompDirectiveFilterDirs=${g.ShellCompDirectiveFilterDirs}
    local shellCompDirectiveKeepOrder=${g.ShellCompDirectiveKeepOrder}

    local lastParam lastChar flagPrefix requestComp out directive comp lastComp noSpace keepOrder
    local -a completions

    __${i}_debug "\\n========= starting completion logic =========="
    __${i}_debug "CURRENT: \${CURRENT}, words[*]: \${words[*]}"

    # The user could have moved the cursor backwards on the command-line.
    # We need to trigger completion from the $CURRENT location, so we need
    # to truncate the command-line ($words) up to the $CURRENT location.
    # (We cannot use $CURSOR as its value does not work when a command is an alias.)
    words=( "\${=words[1,CURRENT]}" )
    __${i}_debug "Truncated words[*]: \${words[*]},"

    lastParam=\${words[-1]}
    lastChar=\${lastParam[-1]}
    __${i}_debug "lastParam: \${lastParam}, lastChar: \${lastChar}"

    # For zsh, when completing a flag with an = (e.g., ${i} -n=<TAB>)
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
        __${i}_debug "Adding extra empty parameter"
        args_to_quote+=("")
    fi

    # Use Zsh's (q) flag to quote each argument safely for eval
    local quoted_args=("\${(@q)args_to_quote}")

    # Join the main command and the quoted arguments into a single string for eval
    requestComp="${e} complete -- \${quoted_args[*]}"

    __${i}_debug "About to call: eval \${requestComp}"

    # Use eval to handle any environment variables and such
    out=$(eval \${requestComp} 2>/dev/null)
    __${i}_debug "completion output: \${out}"

    # Extract the directive integer following a : from the last line
    local lastLine
    while IFS='
' read -r line; do
        lastLine=\${line}
    done < <(printf "%s
" "\${out[@]}")
    __${i}_debug "last line: \${lastLine}"

    if [ "\${lastLine[1]}" = : ]; then
        directive=\${lastLine[2,-1]}
        # Remove the directive including the : and the newline
        local suffix
        (( suffix=\${#lastLine}+2))
        out=\${out[1,-$suffix]}
    else
        # There is no directive specified.  Leave $out as is.
        __${i}_debug "No directive found.  Setting to default"
        directive=0
    fi

    __${i}_debug "directive: \${directive}"
    __${i}_debug "completions: \${out}"
    __${i}_debug "flagPrefix: \${flagPrefix}"

    if [ $((directive & shellCompDirectiveError)) -ne 0 ]; then
        __${i}_debug "Completion received error. Ignoring completions."
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
            __${i}_debug "ActiveHelp found: $comp"
            comp="\${comp[$startIndex,-1]}"
            if [ -n "$comp" ]; then
                compadd -x "\${comp}"
                __${i}_debug "ActiveHelp will need delimiter"
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

            __${i}_debug "Adding completion: \${comp}"
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
            __${i}_debug "Adding activeHelp delimiter"
            compadd -x "--"
            hasActiveHelp=0
        fi
    fi

    if [ $((directive & shellCompDirectiveNoSpace)) -ne 0 ]; then
        __${i}_debug "Activating nospace."
        noSpace="-S ''"
    fi

    if [ $((directive & shellCompDirectiveKeepOrder)) -ne 0 ]; then
        __${i}_debug "Activating keep order."
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

        __${i}_debug "File filtering command: $filteringCmd"
        _arguments '*:filename:'"$filteringCmd"
    elif [ $((directive & shellCompDirectiveFilterDirs)) -ne 0 ]; then
        # File completion for directories only
        local subdir
        subdir="\${completions[1]}"
        if [ -n "$subdir" ]; then
            __${i}_debug "Listing directories in $subdir"
            pushd "\${subdir}" >/dev/null 2>&1
        else
            __${i}_debug "Listing directories in ."
        fi

        local result
        _arguments '*:dirname:_files -/'" \${flagPrefix}"
        result=$?
        if [ -n "$subdir" ]; then
            popd >/dev/null 2>&1
        fi
        return $result
    else
        __${i}_debug "Calling _describe"
        if eval _describe $keepOrder "completions" completions -Q \${flagPrefix} \${noSpace}; then
            __${i}_debug "_describe found some completions"

            # Return the success of having called _describe
            return 0
        else
            __${i}_debug "_describe did not find completions."
            __${i}_debug "Checking if we should do file completion."
            if [ $((directive & shellCompDirectiveNoFileComp)) -ne 0 ]; then
                __${i}_debug "deactivating file completion"

                # Return 0 to indicate completion is finished and prevent zsh from
                # trying other completion algorithms (which could cause hanging).
                # We use NoFileComp directive to explicitly disable file completion.
                return 0
            else
                # Perform file completion
                __${i}_debug "Activating file completion"

                # We must return the result of this command, so it must be the
                # last command, or else we must store its result to return it.
                _arguments '*:filename:_files'" \${flagPrefix}"
            fi
        fi
    fi
}

# don't run the completion function when being sourced or eval-ed
if [ "\${funcstack[1]}" = "_${i}" ]; then
    _${i}
fi
`}function Kt(i,e){let t=i.replace(/[-:]/g,"_");return`# bash completion for ${i}

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
complete -F __${t}_complete ${i}
`}function Jt(i,e){let t=i.replace(/[-:]/g,"_"),n=g.ShellCompDirectiveError,o=g.ShellCompDirectiveNoSpace,r=g.ShellCompDirectiveNoFileComp,s=g.ShellCompDirectiveFilterFileExt,a=g.ShellCompDirectiveFilterDirs;return`# fish completion for ${i} -*- shell-script -*-

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

    set -l shellCompDirectiveError ${n}
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
if type -q "${i}"
    # The space after the program name is essential to trigger completion for the program
    # and not completion of the program name itself.
    # Also, we use '> /dev/null 2>&1' since '&>' is not supported in older versions of fish.
    complete --do-complete "${i} " > /dev/null 2>&1
end

# Remove any pre-existing completions for the program since we will be handling all of them.
complete -c ${i} -e

# This will get called after the two calls below and clear the cached result
complete -c ${i} -n '__${t}_clear_perform_completion_once_result'
# The call to __${t}_prepare_completions will setup __${t}_comp_results
# which provides the program's completion choices.
# If this doesn't require order preservation, we don't use the -k flag
complete -c ${i} -n 'not __${t}_requires_order_preservation && __${t}_prepare_completions' -f -a '$__${t}_comp_results'
# Otherwise we use the -k flag
complete -k -c ${i} -n '__${t}_requires_order_preservation && __${t}_prepare_completions' -f -a '$__${t}_comp_results'
`}function Yt(i,e){let t=i.replace(/[-:]/g,"_");return`# powershell completion for ${i} -*- shell-script -*-

  [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
    function __${i}_debug {
        if ($env:BASH_COMP_DEBUG_FILE) {
            "$args" | Out-File -Append -FilePath "$env:BASH_COMP_DEBUG_FILE"
        }
    }

    filter __${i}_escapeStringWithSpecialChars {
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

    __${i}_debug ""
    __${i}_debug "========= starting completion logic =========="
    __${i}_debug "WordToComplete: $WordToComplete Command: $Command CursorPosition: $CursorPosition"

    # The user could have moved the cursor backwards on the command-line.
    # We need to trigger completion from the $CursorPosition location, so we need
    # to truncate the command-line ($Command) up to the $CursorPosition location.
    # Make sure the $Command is longer then the $CursorPosition before we truncate.
    # This happens because the $Command does not include the last space.
    if ($Command.Length -gt $CursorPosition) {
        $Command = $Command.Substring(0, $CursorPosition)
    }
    __${i}_debug "Truncated command: $Command"

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
    __${i}_debug "QuotedArgs: $QuotedArgs"

    $RequestComp = "& ${e} complete '--' $QuotedArgs"
    __${i}_debug "RequestComp: $RequestComp"

    # we cannot use $WordToComplete because it
    # has the wrong values if the cursor was moved
    # so use the last argument
    if ($WordToComplete -ne "" ) {
        $WordToComplete = $Arguments.Split(" ")[-1]
    }
    __${i}_debug "New WordToComplete: $WordToComplete"


    # Check for flag with equal sign
    $IsEqualFlag = ($WordToComplete -Like "--*=*" )
    if ( $IsEqualFlag ) {
        __${i}_debug "Completing equal sign flag"
        # Remove the flag part
        $Flag, $WordToComplete = $WordToComplete.Split("=", 2)
    }
    $HasTrailingEmptyArg = $QuotedArgs -match "(^| )''$"
    __${i}_debug "HasTrailingEmptyArg: $HasTrailingEmptyArg"
    
    if ( $WordToComplete -eq "" -And ( -Not $IsEqualFlag ) -And ( -Not $HasTrailingEmptyArg )) {
        # If the last parameter is complete (there is a space following it)
        # We add an extra empty parameter so we can indicate this to the go method.
        __${i}_debug "Adding extra empty parameter"
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

    __${i}_debug "Calling $RequestComp"
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
    __${i}_debug "The completion directive is: $Directive"

    # remove directive (last element) from out
    $Out = $Out | Where-Object { $_ -ne $Out[-1] }
    __${i}_debug "The completions are: $Out"

    if (($Directive -band $ShellCompDirectiveError) -ne 0 ) {
        # Error code.  No completion.
        __${i}_debug "Received error from custom completion go code"
        return
    }

    $Longest = 0
    [Array]$Values = $Out | ForEach-Object {
        # Split the output in name and description
        $Name, $Description = $_.Split("\`t", 2)
        __${i}_debug "Name: $Name Description: $Description"

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
        __${i}_debug "ShellCompDirectiveNoSpace is called"
        $Space = ""
    }

    if ((($Directive -band $ShellCompDirectiveFilterFileExt) -ne 0 ) -or
       (($Directive -band $ShellCompDirectiveFilterDirs) -ne 0 ))  {
        __${i}_debug "ShellCompDirectiveFilterFileExt ShellCompDirectiveFilterDirs are not supported"

        # return here to prevent the completion of the extensions
        return
    }

    $Values = $Values | Where-Object {
        # filter the result
        $_.Name -like "$WordToComplete*"

        # Join the flag back if we have an equal sign flag
        if ( $IsEqualFlag ) {
            __${i}_debug "Join the equal sign flag back to the completion value"
            $_.Name = $Flag + "=" + $_.Name
        }
    }

    # we sort the values in ascending order by name if keep order isn't passed
    if (($Directive -band $ShellCompDirectiveKeepOrder) -eq 0 ) {
        $Values = $Values | Sort-Object -Property Name
    }

    if (($Directive -band $ShellCompDirectiveNoFileComp) -ne 0 ) {
        __${i}_debug "ShellCompDirectiveNoFileComp is called"

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
    __${i}_debug "Mode: $Mode"

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
                    __${i}_debug "Only one completion left"

                    # insert space after value
                    [System.Management.Automation.CompletionResult]::new($($comp.Name | __${i}_escapeStringWithSpecialChars) + $Space, "$($comp.Name)", 'ParameterValue', "$($comp.Description)")

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
                [System.Management.Automation.CompletionResult]::new($($comp.Name | __${i}_escapeStringWithSpecialChars) + $Space, "$($comp.Name)", 'ParameterValue', "$($comp.Description)")
            }

            # TabCompleteNext and in case we get something unknown
            Default {
                # Like MenuComplete but we don't want to add a space here because
                # the user need to press space anyway to get the completion.
                # Description will not be shown because that's not possible with TabCompleteNext
                [System.Management.Automation.CompletionResult]::new($($comp.Name | __${i}_escapeStringWithSpecialChars), "$($comp.Name)", 'ParameterValue', "$($comp.Description)")
            }
        }

    }
}

Register-ArgumentCompleter -CommandName '${i}' -ScriptBlock $__${t}CompleterBlock
`}import Jn from"node:assert";var g={ShellCompDirectiveError:1,ShellCompDirectiveNoSpace:2,ShellCompDirectiveNoFileComp:4,ShellCompDirectiveFilterFileExt:8,ShellCompDirectiveFilterDirs:16,ShellCompDirectiveKeepOrder:32,shellCompDirectiveMaxValue:64,ShellCompDirectiveDefault:0},Yn=class{name;variadic;command;handler;constructor(i,e,t,n=!1){this.command=i,this.name=e,this.handler=t,this.variadic=n}},Zn=class{value;description;command;handler;alias;isBoolean;constructor(i,e,t,n,o,r){this.command=i,this.value=e,this.description=t,this.handler=n,this.alias=o,this.isBoolean=r}},Zt=class{value;description;options=new Map;arguments=new Map;parent;constructor(i,e){this.value=i,this.description=e}option(i,e,t,n){let o,r,s;typeof t=="function"?(o=t,r=n,s=!1):typeof t=="string"?(o=void 0,r=t,s=!0):(o=void 0,r=void 0,s=!0);let a=new Zn(this,i,e,o,r,s);return this.options.set(i,a),this}argument(i,e,t=!1){let n=new Yn(this,i,e,t);return this.arguments.set(i,n),this}},Qn=class extends Zt{commands=new Map;completions=[];directive=g.ShellCompDirectiveDefault;constructor(){super("","")}command(i,e){let t=new Zt(i,e);return this.commands.set(i,t),t}stripOptions(i){let e=[],t=0;for(;t<i.length;){let n=i[t];if(n.startsWith("-")){t++;let o=!1,r=this.findOption(this,n);if(r)o=r.isBoolean??!1;else for(let[,s]of this.commands){let a=this.findOption(s,n);if(a){o=a.isBoolean??!1;break}}!o&&t<i.length&&!i[t].startsWith("-")&&t++}else e.push(n),t++}return e}matchCommand(i){i=this.stripOptions(i);let e=[],t=[],n=null;for(let o=0;o<i.length;o++){let r=i[o];e.push(r);let s=this.commands.get(e.join(" "));if(s)n=s;else{t=i.slice(o,i.length);break}}return[n||this,t]}shouldCompleteFlags(i,e){if(e.startsWith("-"))return!0;if(i?.startsWith("-")){let t=this.findOption(this,i);if(!t){for(let[,n]of this.commands)if(t=this.findOption(n,i),t)break}return!(t&&t.isBoolean)}return!1}shouldCompleteCommands(i){return!i.startsWith("-")}handleFlagCompletion(i,e,t,n){let o;if(t.includes("=")){let[r]=t.split("=");o=r}else if(n?.startsWith("-")){let r=this.findOption(i,n);r&&!r.isBoolean&&(o=n)}if(o){let r=this.findOption(i,o);if(r?.handler){let s=[];r.handler.call(r,(a,l)=>s.push({value:a,description:l}),i.options),this.completions=s}return}if(t.startsWith("-")){let r=t.startsWith("-")&&!t.startsWith("--"),s=t.replace(/^-+/,"");for(let[a,l]of i.options)r&&l.alias&&`-${l.alias}`.startsWith(t)?this.completions.push({value:`-${l.alias}`,description:l.description}):!r&&a.startsWith(s)&&this.completions.push({value:`--${a}`,description:l.description})}}findOption(i,e){let t=i.options.get(e);if(t||(t=i.options.get(e.replace(/^-+/,"")),t))return t;for(let[n,o]of i.options)if(o.alias&&`-${o.alias}`===e)return o}handleCommandCompletion(i,e){let t=this.stripOptions(i);for(let[n,o]of this.commands){if(n==="")continue;let r=n.split(" ");r.slice(0,t.length).every((s,a)=>s===t[a])&&r[t.length]?.startsWith(e)&&this.completions.push({value:r[t.length],description:o.description})}}handlePositionalCompletion(i,e){let t=this.stripOptions(e),n=i.value.split(" ").length,o=Math.max(0,t.length-n),r=Array.from(i.arguments.entries());if(r.length>0){let s;if(o<r.length){let[a,l]=r[o];s=l}else{let a=r[r.length-1][1];a.variadic&&(s=a)}if(s&&s.handler&&typeof s.handler=="function"){let a=[];s.handler.call(s,(l,p)=>a.push({value:l,description:p}),i.options),this.completions.push(...a)}}}complete(i){this.directive=g.ShellCompDirectiveNoFileComp;let e=new Set;this.completions.filter(t=>e.has(t.value)?!1:(e.add(t.value),!0)).filter(t=>{if(i.includes("=")){let[,n]=i.split("=");return t.value.startsWith(n)}return t.value.startsWith(i)}).forEach(t=>console.log(`${t.value}	${t.description??""}`)),console.log(`:${this.directive}`)}parse(i){this.completions=[];let e=i[i.length-1]==="";e&&i.pop();let t=i[i.length-1]||"",n=i.slice(0,-1);e&&(t!==""&&n.push(t),t="");let[o]=this.matchCommand(n),r=n[n.length-1];this.shouldCompleteFlags(r,t)?this.handleFlagCompletion(o,n,t,r):(this.shouldCompleteCommands(t)&&this.handleCommandCompletion(n,t),o&&o.arguments.size>0&&this.handlePositionalCompletion(o,n)),this.complete(t)}setup(i,e,t){switch(Jn(t==="zsh"||t==="bash"||t==="fish"||t==="powershell","Unsupported shell"),t){case"zsh":{let n=Ut(i,e);console.log(n);break}case"bash":{let n=Kt(i,e);console.log(n);break}case"fish":{let n=Jt(i,e);console.log(n);break}case"powershell":{let n=Yt(i,e);console.log(n);break}}}},Xn=new Qn;function Qt(i,e,t){Xn.setup(e,t,i)}var Xt=qe(vn(),1);import{readFile as ei}from"node:fs/promises";import{join as ti}from"node:path";var Pe=Be(h(),Me()).catch({}),ni=A({environments:Pe,jobs:Pe,e2e:A({steps:Pe}).catch({steps:{}})}).catch({environments:{},jobs:{},e2e:{steps:{}}});async function en(i){try{let{environments:e,jobs:t,e2e:n}=ni.parse((0,Xt.parse)(await ei(ti(i,"glue-pipeline.yml"),"utf8"))),o=Object.keys(n.steps);return{environment:Object.keys(e),jobs:Object.keys(t),"from-step":o,"until-step":o,"confirm-clean":Object.keys(e)}}catch{return{}}}var _={success:0,failed:1,usage:2,aws:3,internal:70,interrupted:130,terminated:143},tn=[[_.success,"the result is success"],[_.failed,"it ran, and the result is not success: findings, a blocked or undone deploy, a failed step"],[_.usage,"it did not start: a wrong command or option, a bad manifest, the wrong account"],[_.aws,"AWS refused or could not be reached"],[_.internal,"a defect of the toolkit"],[_.interrupted,"stopped by Ctrl-C, after what it had begun was undone or stopped"],[_.terminated,"stopped by SIGTERM, likewise"]];function Re(i){return i instanceof O?{user:_.usage,aws:_.aws,internal:_.internal}[i.source]:_.internal}var y="glue-toolkit",ii={releases:"look at the releases of an environment"};function nn(i,e){let t=new yt(y).description("Validates, deploys and tests AWS Glue jobs from glue-pipeline.yml.").version(et,"-V, --version","print the version").helpOption("-h, --help","explain a command, with examples").option("--json","print the result as one JSON document, and nothing else, on stdout").option("-v, --verbose","log every step on stderr, calls to AWS included").option("-q, --quiet","log warnings alone").option("-C, --directory <path>","work in this folder instead of the current one").configureHelp({showGlobalOptions:!0}).addHelpText("after",`
${li()}`).showSuggestionAfterError(!0).exitOverride();for(let n of i)oi(t,n,e);return t}function oi(i,e,t){let n=e.name.split(" "),o=n.pop()??e.name,r=ri(i,n[0]).command(o).summary(e.summary).description(e.description).addHelpText("after",`
${ai(e)}`);vt(r,e),r.action(async(...s)=>{let a=s.slice(0,-2);await t(e,Ot(e,a,r.opts()),si(i))})}function ri(i,e){return e===void 0?i:i.commands.find(n=>n.name()===e)??i.command(e).description(ii[e]??"")}function si(i){let{json:e,verbose:t,quiet:n,directory:o}=i.opts();return{json:e===!0,verbose:t===!0,quiet:n===!0,directory:o}}function ai(i){return`Examples:
${i.examples.map(({command:t,what:n})=>`  # ${n}
  ${y} ${t}`).join(`
`)}

More: ${ue}/docs/cli.md`}function li(){let i=tn.map(([e,t])=>`  ${String(e).padEnd(4)} ${t}`);return["Start here:",`  ${y} init --scripts glue_jobs   # writes glue-pipeline.yml and the workflows`,`  ${y} validate                   # checks the scripts; needs no AWS`,`  ${y} plan --environment dev     # shows what a deploy would change`,`  ${y} help deploy                # explains a command`,"","Exit codes:",...i,"","AWS credentials, region endpoints and profiles are found as the AWS CLI finds them.","Colours follow NO_COLOR and FORCE_COLOR; in a pipe there are none.",`More: ${ue}/docs/cli.md`].join(`
`)}function rn(i,e,t){let n=e.at(-1)??"",{command:o,place:r,pending:s}=ci(i,e.slice(0,-1)),[a="",l]=n.split("=",2),p=s??(l===void 0?void 0:sn(i,o,a));if(p!==void 0)return on(p.argChoices,t[di(p)],l??n,mi(p));if(n.startsWith("-"))return{candidates:ui(i,o,n),files:!1};if(o.commands.length>0)return{candidates:o.createHelp().visibleCommands(o).filter(d=>d.name().startsWith(n)).map(d=>({value:d.name(),description:d.summary()||d.description()})),files:!1};let c=pi(o,r);return c===void 0?{candidates:[],files:!1}:on(c.argChoices,t[c.name()],n,c.name()==="paths")}function ci(i,e){let t=i,n=0,o;for(let r of e){if(o!==void 0&&!r.startsWith("-")){o.variadic||(o=void 0);continue}if(o=void 0,r.startsWith("-")){let a=sn(i,t,r);a?.required===!0&&(o=a);continue}let s=t.commands.find(a=>a.name()===r);s===void 0?n+=1:t=s}return{command:t,place:n,pending:o}}function sn(i,e,t){return[...e.options,...i.options].find(n=>n.long===t||n.short===t)}function ui(i,e,t){return(e===i?i.options:[...e.options,...i.options]).flatMap(({long:o,description:r})=>o?.startsWith(t)===!0?[{value:o,description:r}]:[])}function pi(i,e){let t=i.registeredArguments.at(-1);return i.registeredArguments[e]??(t?.variadic===!0?t:void 0)}function on(i,e,t,n){return{candidates:(i??e??[]).filter(r=>r.startsWith(t)).map(r=>({value:r,description:""})),files:n}}function di(i){return i.long?.replace(/^--/,"")??""}function mi(i){return i.flags.includes("path")||i.long==="--scripts"}var hi=["bash","zsh","fish","powershell"],fi=`
Examples:
  # this shell only
  source <(${y} completion bash)
  # every new shell
  echo 'source <(${y} completion bash)' >> ~/.bashrc
  echo 'source <(${y} completion zsh)' >> ~/.zshrc
  ${y} completion fish > ~/.config/fish/completions/${y}.fish`;function an(i,e){i.command("completion").summary("print the completion script of a shell").description("Prints a script that makes the shell complete commands, options and your manifest's names.").addArgument(new re("<shell>","The shell").choices(hi)).addHelpText("after",fi).action(t=>Qt(t,y,y)),i.command("complete",{hidden:!0}).argument("[words...]").action(async t=>{let n=await en(e.currentFolder),{candidates:o,files:r}=rn(i,t,n),s=o.map(({value:a,description:l})=>`${a}	${l}`);e.stdout.write(`${[...s,r?":0":":4"].join(`
`)}
`)})}var Yr=ae({version:ze(1),errors:Le(ae({code:h(),message:h(),remedy:h(),source:k(["user","aws","internal"]),path:h().optional(),line:Z().int().optional(),key:h().optional()}))}),ln="This is a defect of the toolkit: please report it.";function He(i){return{version:1,errors:cn(i).map(e=>{if(!(e instanceof O))return{code:"internal-error",message:Qe(L(e)),remedy:ln,source:"internal"};let{code:t,message:n,remedy:o,source:r,location:s}=e;return{code:t,message:n,remedy:o,source:r,...s}})}}function Fe(i,e){return cn(i).map(t=>gi(t,e)).join(`
`)}function gi(i,e){if(!(i instanceof O)){let o=i instanceof Error?`
${e.dim(i.stack??"")}`:"";return`${e.red("error:")} ${L(i)}. ${ln}${o}`}let t=Je(i.location),n=`${t===""?"":`${t}: `}${Ye(i.message)}`;return`${e.red("error:")} ${n} ${e.dim(`[${i.code}]`)}
${e.cyan("mend:")} ${i.remedy}`}function cn(i){return i instanceof Ue?i.errors:[i]}import b from"node:process";import{stripVTControlCharacters as _i}from"node:util";var J=b.platform!=="win32"||!!b.env.WT_SESSION||b.env.TERM_PROGRAM==="vscode",Ne=i=>!!(i.isTTY&&b.env.TERM!=="dumb"&&!("CI"in b.env)),$i=N.blue(J?"\u2139":"i"),yi=N.green(J?"\u2714":"\u221A"),bi=N.yellow(J?"\u26A0":"\u203C"),wi=N.red(J?"\u2716":"\xD7"),un={frames:J?["\u280B","\u2819","\u2839","\u2838","\u283C","\u2834","\u2826","\u2827","\u2807","\u280F"]:["-","\\","|","/"],interval:80},Ci="\x1B[?2026h",vi="\x1B[?2026l",Oi=/][\s\S]*?(?:|\\)/g,We=new Set,je=class{#m;#h;#c=-1;#u;#f;#n;#e;#p;#r=0;#s;#t;#$=0;#g=!1;#a=new Map;#_=!1;#i=!1;constructor(e={}){let t=e.spinner??un;if(!Array.isArray(t.frames)||t.frames.length===0||t.frames.some(n=>typeof n!="string"))throw new Error("The `spinner.frames` option must be a non-empty array of strings");if(t.interval!==void 0&&!(Number.isInteger(t.interval)&&t.interval>0))throw new Error("The `spinner.interval` option must be a positive integer");this.#m=t.frames,this.#h=t.interval??un.interval,this.#f=e.handleSignals??!0,this.#n=e.text??"",this.#e=e.stream??b.stderr,this.#p=e.color??"cyan",this.#t=Ne(this.#e),this.#s=this.#T.bind(this)}#y(e){this.#_=!0;try{return e()}finally{this.#_=!1}}#b(e,t){if(e==null)return"";if(typeof e=="string")return e;if(Buffer.isBuffer(e)||ArrayBuffer.isView(e)){let n=typeof t=="string"&&t!==""&&t!=="buffer"?t:"utf8";return Buffer.from(e).toString(n)}return String(e)}#w(e){if(!this.#t)return e();try{return this.#o(Ci),e()}finally{this.#o(vi)}}#C(e){if(!e||this.#a.has(e)||typeof e.write!="function"||We.has(e))return;let t=e.write,n=(...o)=>this.#x(e,t,o);this.#a.set(e,{originalWrite:t,hookedWrite:n}),We.add(e),e.write=n}#v(){if(!this.#t||this.#a.size>0)return;let e=new Set([this.#e]);(this.#e===b.stdout||this.#e===b.stderr)&&(Ne(b.stdout)&&e.add(b.stdout),Ne(b.stderr)&&e.add(b.stderr));for(let t of e)this.#C(t)}#O(){for(let[e,t]of this.#a)e.write===t.hookedWrite&&(e.write=t.originalWrite),We.delete(e);this.#a.clear()}#x(e,t,n){let[o,r,s]=n,a=r,l=s;if(typeof a=="function"&&(l=a,a=void 0),this.#_||!this.isSpinning)return t.call(e,o,a,l);this.#r>0&&this.clear();let p=this.#b(o,a),c=p.at(-1)===`
`,u=t.call(e,o,a,l);return c?this.#i=!1:p!==""&&(this.#i=!0),this.isSpinning&&!this.#i&&this.#l(),u}start(e){return e&&(this.#n=e),this.isSpinning?this:(this.#g=!0,this.#k(),this.#v(),this.#l(),this.#E(),this.#t&&(this.#u=setInterval(()=>{this.#l()},this.#h)),this)}stop(e){if(!this.isSpinning)return this;let t=this.#i;if(this.#g=!1,this.#u&&(clearInterval(this.#u),this.#u=void 0),this.#i=!1,this.#O(),this.#A(),this.clear(),this.#I(),e){let n=t?`
`:"";this.#e.write(`${n}${e}
`)}return this}#d(e,t){return this.stop(`${e} ${t??this.#n}`)}success(e){return this.#d(yi,e)}error(e){return this.#d(wi,e)}warning(e){return this.#d(bi,e)}info(e){return this.#d($i,e)}get isSpinning(){return this.#g}get text(){return this.#n}set text(e){this.#n=e??"",this.#l()}get color(){return this.#p}set color(e){this.#p=e,this.#l()}clear(){return this.#t?this.#r===0?this:(this.#y(()=>{this.#e.cursorTo(0);for(let e=0;e<this.#r;e++)e>0&&this.#e.moveCursor(0,-1),this.#e.clearLine(1)}),this.#r=0,this):this}#l(){if(this.#i)return;let e=this.#t,t=Date.now();(this.#c===-1||t-this.#$>=this.#h)&&(this.#c=++this.#c%this.#m.length,this.#$=t);let n=N[this.#p]??N.cyan,o=this.#m[this.#c],r=`${n(o)} ${this.#n}`;this.#t||(r+=`
`),e?this.#w(()=>{this.clear(),this.#o(r)}):this.#o(r),this.#t&&(this.#r=this.#S(r))}#o(e){this.#y(()=>{this.#e.write(e)})}#S(e){let t=this.#e.columns||80,n=_i(e.replaceAll(Oi,"")).split(`
`),o=0;for(let r of n)o+=Math.max(1,Math.ceil(r.length/t));return o}#k(){this.#t&&this.#o("\x1B[?25l")}#A(){this.#t&&this.#o("\x1B[?25h")}#E(){this.#f&&(b.once("SIGINT",this.#s),b.once("SIGTERM",this.#s))}#I(){this.#f&&(b.off("SIGINT",this.#s),b.off("SIGTERM",this.#s))}#T(e){this.isSpinning&&this.stop();let t=e==="SIGINT"?130:e==="SIGTERM"?143:1;b.exit(t)}};function Ge(i){return new je(i)}import{styleText as xi}from"node:util";var V=i=>e=>xi(i,e,{validateStream:!1}),Si={red:V("red"),yellow:V("yellow"),green:V("green"),cyan:V("cyan"),dim:V("dim"),bold:V("bold")},ki=/(\u001b\[(?:31|33|32|36|39|1|2|22)m)/;function H(i){let e=i.split(ki);return zt(e.map((t,n)=>n%2===1?t:ce(t)).join(""))}function Y(i,e){return Ai(e)??(i.isTTY===!0&&i.hasColors?.()===!0)?Si:Xe}function Ai(i){let e=i.FORCE_COLOR;if(pn(i.NO_COLOR)||e==="0"||e==="false")return!1;if(e!==void 0||pn(i.CLICOLOR_FORCE))return!0}function pn(i){return i!==void 0&&i!==""}var Ei=new Set(["deploy.plan","validate.finding"]);function mn(i){let{stderr:e,paint:t,verbose:n,quiet:o}=i,r=i.moving&&!o&&!n?Ge({stream:process.stderr}):void 0,s=l=>{r?.stop(),e.write(H(`${l}
`))};return{progress:l=>{if(Ei.has(l.code)||l.group==="end")return;let{level:p,message:c}=l;if(p==="warning")s(`${t.yellow("warning:")} ${c}`);else if(p==="notice")s(`${t.cyan("note:")} ${c}`);else if(p==="debug")n&&s(t.dim(c));else{if(o)return;r===void 0?s(t.dim(c)):r.start(H(Ii(l)))}},stop:()=>{r?.stop()}}}var dn=20;function Ii({message:i,data:e}){let[t=""]=i.split(`
`),{done:n,total:o}=e??{};if(typeof n!="number"||typeof o!="number"||o<1)return t;let r=Math.round(dn*Math.min(n,o)/o);return`${"\u2588".repeat(r)}${"\u2591".repeat(dn-r)} ${n}/${o} ${t}`}import{join as Wi,resolve as ji}from"node:path";import{spawnSync as Ti}from"node:child_process";import{readFileSync as Di}from"node:fs";var Pi=A({GITHUB_WORKSPACE:h().optional(),GITHUB_REPOSITORY:h().optional(),GITHUB_SHA:h().optional(),GITHUB_REF_NAME:h().optional(),GITHUB_RUN_ID:h().optional(),GITHUB_RUN_ATTEMPT:h().optional(),GITHUB_ACTOR:h().optional(),GITHUB_EVENT_NAME:h().optional(),GITHUB_EVENT_PATH:h().optional(),GITHUB_SERVER_URL:h().default("https://github.com"),GITHUB_API_URL:h().default("https://api.github.com")}),hn=A({full_name:h()}).nullish(),Ri=A({before:h().optional(),pull_request:A({number:Z(),base:A({sha:h(),repo:hn}),head:A({sha:h(),repo:hn})}).optional()});function fn(i,e){let t=Pi.parse(i),n=Fi(t.GITHUB_EVENT_PATH),o=n?.pull_request,r=t.GITHUB_WORKSPACE??e,s=t.GITHUB_RUN_ID!==void 0&&t.GITHUB_REPOSITORY!==void 0;return{workspace:r,repository:t.GITHUB_REPOSITORY,commit:t.GITHUB_SHA??Hi(r),runId:t.GITHUB_RUN_ID,runAttempt:t.GITHUB_RUN_ATTEMPT,runUrl:s?`${t.GITHUB_SERVER_URL}/${t.GITHUB_REPOSITORY}/actions/runs/${t.GITHUB_RUN_ID}`:void 0,actor:t.GITHUB_ACTOR,event:t.GITHUB_EVENT_NAME,fromFork:o!==void 0&&o.head.repo?.full_name!==o.base.repo?.full_name,pullRequest:o?.number,pullRequestHead:o?.head.sha,baseCommit:o?.base.sha??n?.before,apiUrl:t.GITHUB_API_URL}}function Hi(i){let{status:e,stdout:t}=Ti("git",[...Q,"rev-parse","HEAD"],{cwd:i,encoding:"utf8"});return e===0?t.trim():void 0}function Fi(i){if(i!==void 0)try{return Ri.parse(JSON.parse(Di(i,"utf8")))}catch{return}}import{spawnSync as Ni}from"node:child_process";function gn(i){let{status:e,stdout:t}=Ni("git",[...Q,"remote","get-url","origin"],{cwd:i,encoding:"utf8"});if(e===0)return/[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(t.trim())?.[1]}function _n(i,e,t,n){let{environment:o,clock:r,progress:s,signal:a,checkerFolder:l}=n,p=ot(i.contract,e,wt),c=ji(n.currentFolder,t??"."),{GITHUB_WORKSPACE:u,...d}=o,E=fn(d,c),I={...E,workspace:c,repository:E.repository??gn(c)};return a.throwIfAborted(),i.run({inputs:p,context:I,environment:o,checkerFolder:l,signal:a,progress:s,clock:r})}function $n(i,e){return Wi(i,e?"checker":"validate/checker")}function yn(i){return new O({code:"cancelled",message:`the command was stopped (${i})`,remedy:"Start it again when you are ready.",source:"user"})}var Gi={SIGINT:_.interrupted,SIGTERM:_.terminated};function bn(i){let e=new AbortController,t,n=o=>{t!==void 0&&process.exit(t),t=Gi[o],i("Stopping: what was begun is undone or stopped first. Once more ends it at once."),e.abort(yn(o))};return process.on("SIGINT",n),process.on("SIGTERM",n),{signal:e.signal,exitCode:()=>t,end:()=>{process.off("SIGINT",n),process.off("SIGTERM",n)}}}async function wn(i){let{args:e,stdout:t,stderr:n,environment:o}=i,r=_.success,s=nn(i.commands,async(a,l,p)=>{r=await qi(a,l,p,i)});if(an(s,i),Mi(s,i),e.length===0)return n.write(s.helpInformation()),_.usage;try{return await s.parseAsync([...e],{from:"user"}),r}catch(a){if(a instanceof oe&&a.exitCode===0)return _.success;if(a instanceof oe&&a.code==="commander.help")return _.usage;let l=a instanceof oe?Li(a):a;return e.includes("--json")&&t.write(se(`${JSON.stringify(He(l),null,2)}
`)),n.write(H(`${Fe(l,Y(n,o))}
`)),Re(l)}}async function qi(i,e,t,n){let{stdout:o,stderr:r,environment:s}=n,a=Y(r,s),l=mn({stderr:r,paint:a,verbose:t.verbose,quiet:t.quiet,moving:r.isTTY===!0&&s.TERM!=="dumb"&&!s.CI}),p=bn(c=>r.write(`${a.yellow(c)}
`));try{let c={...n,progress:l.progress,signal:p.signal},u=await _n(i,e,t.directory,c);return l.stop(),Vi(u,t,n),u.failure===void 0?_.success:p.exitCode()??_.failed}catch(c){return l.stop(),t.json&&o.write(se(`${JSON.stringify(He(c),null,2)}
`)),r.write(H(`${Fe(c,a)}
`)),p.exitCode()??Re(c)}finally{p.end()}}function Vi({views:i,failure:e},{json:t},{stdout:n,stderr:o,environment:r}){n.write(t?se(i.json()):H(`${i.text(Y(n,r))}
`)),e!==void 0&&o.write(H(`${Y(o,r).red("failed:")} ${e}
`))}function Mi(i,{stdout:e,stderr:t}){let n={writeOut:r=>{e.write(r)},writeErr:r=>{t.write(r)},outputError:()=>{}},o=r=>{r.configureOutput(n).exitOverride(),r.commands.forEach(o)};o(i)}function Li(i){let[e="",...t]=i.message.replace(/^error: /,"").split(`
`),n=t.join(" ").replace(/^\((.*)\)$/," $1");return new O({code:"usage",message:`${e}.${n}`.replace("..","."),remedy:`See ${y} --help, or ${y} help COMMAND.`,source:"user"})}tt();var Cn=import.meta.dirname;process.exitCode=await wn({commands:Bt,args:process.argv.slice(2),stdout:process.stdout,stderr:process.stderr,environment:process.env,currentFolder:process.cwd(),checkerFolder:$n(Cn,Bi(zi(Cn,"checker"))),clock:Ve});
