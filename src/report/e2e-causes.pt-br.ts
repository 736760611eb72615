import type { CauseCode, CauseText } from "../e2e/causes.ts";
import { portugueseRunCauses } from "./e2e-run-causes.pt-br.ts";
import { portugueseSparkCauses } from "./e2e-spark-causes.pt-br.ts";

const querDizer = "; você quis dizer {nearest}?";

/** The causes of src/e2e/causes.ts in Brazilian Portuguese. */
export const portugueseCauses: Readonly<Record<CauseCode, CauseText>> = {
  ...portugueseRunCauses,
  ...portugueseSparkCauses,
  "bucket-missing": {
    message: "o bucket {bucket} não existe",
    hint: querDizer,
    remedy: "Corrija o nome do bucket no manifesto. A ferramenta nunca cria buckets.",
  },
  "job-missing": {
    message: "o job do Glue {job} não existe",
    hint: querDizer,
    remedy: "Corrija o nome do job no manifesto. A ferramenta nunca cria jobs.",
  },
  "crawler-missing": {
    message: "o crawler {crawler} não existe",
    hint: querDizer,
    remedy: "Corrija o nome do crawler no manifesto. A ferramenta nunca cria crawlers.",
  },
  "job-unknown": {
    message: '"{job}" não é um job do manifesto',
    hint: querDizer,
    remedy: "Use a chave de um job definido em jobs.",
  },
  "database-missing": {
    message: "o database {database} não existe no catálogo",
    hint: querDizer,
    remedy: "Corrija e2e.athena.database no manifesto, ou crie o database junto com a sua infraestrutura.",
  },
  "workgroup-missing": {
    message: "o workgroup {workgroup} do Athena não existe",
    hint: querDizer,
    remedy: "Corrija e2e.athena.workgroup no manifesto.",
  },
  "workgroup-disabled": {
    message: "o workgroup {workgroup} do Athena está desativado",
    remedy: "Ative o workgroup, ou use outro.",
  },
  "no-query-output": {
    message:
      "nem o manifesto nem o workgroup {workgroup} do Athena dizem onde gravar os resultados das consultas",
    remedy: "Defina e2e.athena.output com uma pasta s3://.",
  },
  "input-missing": {
    message: "a etapa {step} envia {file}, que não é um arquivo deste repositório",
    remedy: "Faça commit do arquivo, ou corrija o caminho no manifesto.",
  },
  "confirm-clean": {
    message: 'a limpeza de {environment} não foi confirmada (confirm-clean é "{given}")',
    remedy: "Defina confirm-clean como {environment}, o nome do ambiente, ou use skip-clean.",
  },
  "clean-refused": {
    message: "clean esvaziaria {uri}, e com ele {what} ({area})",
    remedy:
      "Use um prefixo que só contenha dados que a execução gera de novo; o nome do ambiente no prefixo separa os ambientes.",
  },
  "clean-misses-output": {
    message: "a etapa {step} espera objetos em {uri}, que nada em clean esvazia: dados antigos permanecem lá",
    remedy: "Inclua {uri} em e2e.clean, ou garanta que objetos antigos não atrapalham.",
  },
  "check-not-allowed": {
    message: "não foi possível verificar se {resource} existe: acesso negado",
    remedy:
      "Permita a verificação na política da role, para que um nome errado seja notado antes de qualquer remoção.",
  },
  "not-allowed": {
    message: "a execução precisa de {action} em {resource}, e quem a executa não pode: acesso negado",
    remedy: "Permita {action} ali na política da role (docs/permissions.md traz a política inteira).",
  },
  "job-active": {
    message: "o job {job} tem uma execução em andamento que não é desta: {run} está {state}",
    remedy: "Espere que ela termine, ou pare-a; depois comece de novo.",
  },
  "clean-misses-crawled": {
    message:
      "o crawler {crawler} da etapa {step} lê {uri}, que nada em clean esvazia: dados antigos permanecem lá",
    remedy: "Inclua {uri} em e2e.clean, ou garanta que objetos antigos não atrapalham.",
  },
  "release-missing": {
    message: "a release {release} não é uma release aplicada de {environment}",
    remedy: "Faça o deploy dela antes, ou informe o id de uma release do histórico.",
  },
  "release-mismatch": {
    message:
      "o job {job} não executa a release {release}: ele aponta para {location}, a release para {expected}",
    remedy: "Faça o deploy da release de novo, ou o rollback para ela, antes deste teste.",
  },
  "code-altered": {
    message: "{location} contém outros bytes que não os implantados: SHA-256 {sha256}, e não {expected}",
    remedy:
      "Alguém sobrescreveu o objeto. Descubra quem e implante de novo: os bytes certos vão para uma chave nova. Não apague nada, pois o job aponta para lá até então.",
  },
  "code-changed": {
    message: "{location} foi sobrescrito durante a execução: SHA-256 {before} antes, {after} depois",
    remedy: "Não se sabe o que foi executado. Descubra quem o gravou, implante e execute de novo.",
  },
  "code-unread": {
    message: "não é possível provar quais bytes o job {job} executaria: {location} não pode ser lido",
    remedy:
      "Permita s3:GetObject nele na política da role que executa esta etapa, ou verifique se ele existe.",
  },
  "no-bookmark": {
    message: "o job {job} não tem bookmark para resetar",
    remedy:
      "Nada a fazer, a menos que o job devesse ter um bookmark: nesse caso ele nunca fez o commit de um.",
  },
  "left-running": {
    message: "{what} não pôde ser interrompido e talvez ainda esteja em execução: {error}",
    remedy: "Interrompa: {command}",
  },
  "time-is-up": {
    message: "o limite de {limit} da execução foi atingido antes de tudo terminar",
    remedy: "Aumente o timeout se este é o tempo normal da execução; senão, veja o que demorou tanto.",
  },
  "dpu-budget-exceeded": {
    message: "os jobs usaram {used} DPU-segundos; max-dpu-seconds permite {max}",
    remedy: "Descubra no relatório qual job cresceu, ou aumente max-dpu-seconds.",
  },
  "scan-budget-exceeded": {
    message: "as consultas leram {used} MB; max-scan-mb permite {max}",
    remedy: "Faça as consultas lerem menos partições ou colunas, ou aumente max-scan-mb.",
  },
  "usage-unknown": {
    message: "não se sabe quanto estas etapas usaram, e max-dpu-seconds não as conta: {steps}",
    remedy: "Consulte as execuções no console do Glue.",
  },
  "object-not-found": {
    message: "nenhum objeto correspondente a {uri} mais recente que {since} apareceu em {limit}",
    remedy: "Veja o log de quem deveria gravá-lo (gatilho e erros da função Lambda), ou aumente o timeout.",
  },
  "crawl-failed": {
    message: "o crawl de {crawler} terminou como {status}: {error}",
    remedy: "Leia o log do crawler ({log}).",
  },
  "tables-differ": {
    message:
      "o crawler {crawler} devia manter as tabelas {expected} em {database}; faltam: {missing}; criadas a mais: {more}",
    remedy:
      "Veja o caminho, as exclusões e o agrupamento do crawler: os arquivos de uma tabela ficam numa só pasta, num só formato.",
  },
  "crawl-cancelled": {
    message: "alguém interrompeu o crawl de {crawler}",
    remedy: "Execute o pipeline de novo quando ninguém mais estiver usando o crawler.",
  },
  "query-failed": {
    message: "a consulta terminou como {state}: {error}",
    remedy: "Nenhuma das causas conhecidas corresponde; não se sabe mais do que isto.",
  },
  "query-no-table": {
    message: "a consulta lê uma tabela que não está no catálogo: {error}",
    remedy: "Faça a etapa depender do crawler que cria a tabela, e confira os nomes no SQL.",
  },
  "query-no-column": {
    message: "a consulta usa uma coluna que a tabela não tem: {error}",
    remedy: "Compare o SQL com as colunas da tabela no catálogo.",
  },
  "query-access-denied": {
    message: "a consulta não pode ler os dados ou gravar o resultado: {error}",
    remedy: "Permita {action} na política da role que executa esta etapa.",
  },
  "query-cancelled": {
    message: "alguém cancelou a consulta, ou o limite do workgroup o fez: {error}",
    remedy: "Confira o limite de leitura do workgroup, e execute o pipeline de novo.",
  },
  "expectation-failed": {
    message: "esperado {expected}, obtido {actual}",
    remedy: "Veja as linhas no relatório: os dados não são o que a consulta afirma.",
  },
  "stale-script": {
    message:
      "foi executada outra versão do que aquela para a qual o job aponta: o erro cita {file}, linha {line}, mas o script do job é {location}, com {lines} linhas",
    remedy:
      "Faça o deploy com deploy-glue, que grava cada versão em uma chave própria; assim nenhuma cópia antiga pode ser usada.",
  },
  "orphan-code": {
    message:
      "código órfão após job.commit(): o script está completo até o commit na linha {commitLine}; depois dele vêm {count} linhas, e a linha {line} não compila ({error})",
    hint: "; as linhas {repeatedFrom}–{repeatedTo} repetem as linhas {originalFrom}–{originalTo}",
    remedy: "Remova as linhas {from}–{to} de {script}, execute validate-glue nele e faça o deploy.",
  },
  "code-after-commit": {
    message: "falhou a linha {line}, que vem depois do último job.commit() na linha {commitLine}: {error}",
    hint: "; as linhas {repeatedFrom}–{repeatedTo} repetem as linhas {originalFrom}–{originalTo}",
    remedy:
      "Remova o que sobrou entre as linhas {from} e {to} de {script}, ou mova para antes do commit; validate-glue diz quais linhas.",
  },
  "syntax-error": {
    message: "{script} não compila: {error}",
    remedy: "Corrija {script}, execute validate-glue nele e faça o deploy.",
  },
  "script-not-fetched": {
    message: "o Glue não conseguiu obter o script do job: {error}",
    remedy: "Faça o deploy com deploy-glue, e permita que a role do job leia o bucket de scripts.",
  },
  "role-not-assumable": {
    message: "o Glue não pode assumir a role do job: {error}",
    remedy: "Inclua glue.amazonaws.com na política de confiança da role, e confira se a role existe.",
  },
  "missing-argument": {
    message: "o script precisa de um argumento que o job não recebe: {arguments}",
    remedy: "Inclua-o nos argumentos padrão do job, ou nos argumentos da etapa no manifesto.",
  },
  "missing-module": {
    message: "o script importa {module}, que o job não tem",
    remedy: "Inclua-o em extra-py-files no manifesto, ou em --additional-python-modules do job.",
  },
  "access-denied": {
    message: "a role do job não pode fazer o que o script precisa: {error}",
    remedy: "Permita {action} na política da role do job.",
  },
  "no-such-bucket": {
    message: "o script usa um bucket que não existe: {error}",
    remedy: "Confira os nomes de bucket nos argumentos do job.",
  },
  "no-such-table": {
    message: "o script lê uma tabela que não existe: {error}",
    remedy: "Faça a etapa depender do crawler que cria a tabela, e confira o nome do database.",
  },
  "no-such-column": {
    message: "o script usa uma coluna que os dados não têm: {error}",
    remedy: "Compare os nomes no script com a tabela no catálogo; um crawler pode tê-la alterado.",
  },
  "no-such-path": {
    message: "o script lê um caminho onde não há nada: {error}",
    remedy: "Confira se a etapa anterior grava lá, e o caminho nos argumentos do job.",
  },
  "out-of-memory": {
    message: "a execução ficou sem memória: {error}",
    remedy: "Use um tipo de worker maior ou mais workers, ou leia menos dados de cada vez.",
  },
  "disk-full": {
    message: "o disco de um worker está cheio: {error}",
    remedy: "Use um tipo de worker maior ou mais workers, ou faça menos shuffle de dados.",
  },
  "not-reachable": {
    message: "o script não conseguiu acessar um serviço ou banco de dados: {error}",
    remedy: "Confira a conexão do job: subnet, rota, security group e o nome do host.",
  },
  "run-timed-out": {
    message: "a execução passou do timeout do próprio job",
    remedy: "Aumente o Timeout do job se este é o seu tempo normal; senão, veja o que ele está esperando.",
  },
  "run-stopped": {
    message: "alguém interrompeu a execução",
    remedy: "Execute o pipeline de novo quando ninguém mais estiver usando o job.",
  },
  concurrency: {
    message: "o job {job} já está em execução tantas vezes quanto pode: {error}",
    remedy: "Espere a outra execução terminar, ou aumente a concorrência máxima do job.",
  },
  "no-capacity": {
    message: "a conta não tem mais capacidade para a execução: {error}",
    remedy: "Espere outras execuções terminarem, ou peça à AWS uma cota maior de DPUs ou execuções.",
  },
  "run-failed": {
    message: "a execução terminou como {state}: {error}",
    remedy: "Nenhuma das causas conhecidas corresponde; não se sabe mais do que isto.",
  },
  "crawl-made-nothing": {
    message:
      "o crawl de {crawler} não criou nem alterou tabela ou partição, e {database} não tem nenhuma dele",
    remedy:
      "Confira o destino do crawler ({folders}): se há arquivos lá, e se as exclusões deixam algum deles.",
  },
  "crawl-split-folder": {
    message: "o crawl de {crawler} fez {count} tabelas de uma só pasta {folder}: {tables}",
    remedy:
      "Mantenha na pasta arquivos de um só formato e schema, ou defina o nível de tabela do crawler. Se as tabelas são desejadas, declare-as em expect-tables.",
  },
  "table-not-crawled": {
    message: "{error}; o crawl de {crawler} na etapa {crawl} deixou estas tabelas: {tables}",
    remedy:
      "Corrija o que a etapa {crawl} lê: confira o caminho de destino do crawler, e se há lá arquivos de um só formato.",
  },
  "object-elsewhere": {
    message: "nenhum objeto que corresponda a {uri} apareceu em {limit}, mas {found} apareceu",
    remedy: "Faça quem o grava gravar abaixo do prefixo esperado, ou corrija a expectativa no manifesto.",
  },
  "lambda-failed": {
    message: "nenhum objeto que corresponda a {uri} apareceu em {limit}: a função {function} falhou: {error}",
    hint: " ({place})",
    remedy: "Corrija a função {function}; o log dela desde o upload está no relatório.",
  },
  "not-readable": {
    message: "não é possível ler {what}: {error}",
    remedy: "Permita {action} na política da role (docs/permissions.md tem a lista completa).",
  },
};
