/** Causes that Spark and Athena tell, in Brazilian Portuguese. */
export const portugueseSparkCauses = {
  "result-too-large": {
    message: "o script traz ao driver mais do que ele comporta: {error}",
    remedy: "Grave os dados no S3 em vez de usar collect, ou aumente spark.driver.maxResultSize.",
  },
  "column-ambiguous": {
    message: "várias colunas têm o nome que o script usa: {error}",
    remedy: "Informe a tabela da coluna, ou renomeie ou remova uma delas antes do join.",
  },
  "columns-duplicate": {
    message: "os dados têm duas colunas com o mesmo nome: {error}",
    remedy: "Renomeie ou remova uma delas antes de gravar os dados.",
  },
  "path-exists": {
    message: "o script grava em um caminho que já contém dados: {error}",
    remedy: "Inclua o caminho em e2e.clean, ou grave com o modo overwrite ou append.",
  },
  "schema-not-inferred": {
    message: "não há arquivo de dados no caminho que o script lê: {error}",
    remedy: "Confira se a etapa anterior grava lá, e no formato que é lido.",
  },
  "file-vanished": {
    message: "um arquivo foi apagado ou substituído enquanto o script o lia: {error}",
    remedy: "Não deixe nada gravar onde o script lê, e não sobrescreva o caminho que é lido.",
  },
  "parquet-type-differs": {
    message: "um arquivo Parquet tem para uma coluna outro tipo do que a tabela: {error}",
    remedy: "Grave a coluna com um só tipo em todos os arquivos, ou corrija o tipo na tabela.",
  },
  "executor-lost": {
    message: "o Spark perdeu um worker: {error}",
    remedy: "Veja a memória dos workers; um tipo de worker maior ou partições menores costumam ajudar.",
  },
  "shuffle-lost": {
    message: "dados de shuffle se perderam com um worker: {error}",
    remedy: "Veja a memória e o disco dos workers; mais workers ou mais partições costumam ajudar.",
  },
  "date-not-parsed": {
    message: "o Spark lê uma data de outro modo do que uma versão anterior: {error}",
    remedy:
      "Corrija o padrão de data, ou defina spark.sql.legacy.timeParserPolicy ou o modo de rebase que o erro cita.",
  },
  "cast-failed": {
    message: "um valor não cabe no tipo para o qual é convertido: {error}",
    remedy: "Corrija os dados, ou use try_cast, que devolve NULL.",
  },
  "types-differ": {
    message: "uma expressão mistura tipos incompatíveis: {error}",
    remedy: "Converta as colunas para os tipos de que a expressão precisa.",
  },
  "sql-syntax": {
    message: "o SQL do script não é válido: {error}",
    remedy: "Corrija o SQL no ponto que o erro cita.",
  },
  "table-exists": {
    message: "o script cria algo que já existe: {error}",
    remedy: "Use CREATE … IF NOT EXISTS, ou apague-o antes da execução.",
  },
  "commit-conflict": {
    message: "outra gravação alterou a tabela nesse meio-tempo: {error}",
    remedy: "Deixe uma execução de cada vez gravar na tabela, ou aumente o número de tentativas de commit.",
  },
  "format-missing": {
    message: "o Spark não tem esse formato de dados: {error}",
    remedy: "Defina --datalake-formats, ou passe o jar do formato ao job com --extra-jars.",
  },
  "class-missing": {
    message: "o job não tem essa classe Java: {error}",
    remedy: "Passe ao job com --extra-jars o jar que a contém.",
  },
  "broadcast-timeout": {
    message: "o broadcast de uma tabela demorou demais: {error}",
    remedy: "Aumente spark.sql.broadcastTimeout, ou defina spark.sql.autoBroadcastJoinThreshold como -1.",
  },
  "not-serializable": {
    message: "o script envia aos workers o que não pode ser enviado: {error}",
    remedy: "Crie clientes e contextos dentro da função, não fora dela.",
  },
  "sql-division-by-zero": {
    message: "uma expressão divide por zero: {error}",
    remedy: "Use try_divide ou NULLIF, ou corrija os dados.",
  },
  "query-lake-formation-denied": {
    message: "o Lake Formation não deixa a role desta execução ler a tabela: {error}",
    remedy: "Conceda à role SELECT na tabela e acesso à localização dela no Lake Formation.",
  },
  "query-output-unusable": {
    message: "o Athena não pode gravar resultados no local de saída: {error}",
    remedy: "Confira e2e.athena.output: o bucket deve existir na região, e a role deve poder gravar nele.",
  },
  "query-schema-differs": {
    message: "uma partição tem para uma coluna outro tipo do que a tabela: {error}",
    remedy:
      "Faça o crawler atualizar as partições a partir da tabela, ou remova a partição e crie-a de novo.",
  },
  "query-bad-data": {
    message: "um arquivo de dados não corresponde aos tipos da tabela: {error}",
    remedy: "Corrija o tipo da coluna na tabela, ou grave os arquivos com o tipo que a tabela tem.",
  },
  "query-file-unreadable": {
    message: "o Athena não consegue ler um arquivo de dados: {error}",
    remedy:
      "Confira se o arquivo está inteiro e no formato da tabela, e se nada o substitui durante a consulta.",
  },
  "query-duplicate-columns": {
    message: "a tabela ou a consulta tem duas colunas com o mesmo nome: {error}",
    remedy: "Remova uma delas; uma chave de partição não pode ser também uma coluna.",
  },
  "query-metadata-invalid": {
    message: "a descrição da tabela no catálogo não pode ser usada: {error}",
    remedy: "Corrija a tabela no catálogo: colunas, tipos, formato e chaves de partição.",
  },
  "query-resources": {
    message: "a consulta precisa de mais recursos do que o Athena dá a uma consulta: {error}",
    remedy: "Leia menos colunas e partições, e evite ORDER BY e joins grandes sem limite.",
  },
  "query-timeout": {
    message: "a consulta demorou mais do que o Athena permite: {error}",
    remedy: "Leia menos partições ou colunas, ou peça à AWS um timeout de DML maior.",
  },
  "query-too-many-partitions": {
    message: "a consulta grava de uma vez mais partições do que o Athena permite: {error}",
    remedy: "Grave no máximo 100 partições em um comando, e o resto com INSERT INTO.",
  },
  "query-syntax": {
    message: "o SQL da consulta não é válido: {error}",
    remedy: "Corrija o SQL na linha e coluna citadas; ponha entre aspas nomes que são palavras reservadas.",
  },
  "query-types-differ": {
    message: "a consulta mistura tipos incompatíveis: {error}",
    remedy: "Converta um dos lados da expressão.",
  },
  "query-view-stale": {
    message: "uma view não corresponde mais às suas tabelas: {error}",
    remedy: "Crie a view de novo.",
  },
  "query-function-missing": {
    message: "a consulta chama uma função que o Athena não tem, ou não para esses tipos: {error}",
    remedy: "Confira o nome da função e os tipos dos argumentos.",
  },
  "query-cast-failed": {
    message: "um valor não cabe no tipo para o qual é convertido: {error}",
    remedy: "Use TRY_CAST, ou corrija os dados.",
  },
  "query-division-by-zero": {
    message: "a consulta divide por zero: {error}",
    remedy: "Ponha NULLIF em torno do divisor.",
  },
  "query-column-ambiguous": {
    message: "várias tabelas da consulta têm esta coluna: {error}",
    remedy: "Informe a tabela da coluna.",
  },
  "query-slow-down": {
    message: "o S3 recusou requisições da consulta porque eram demais: {error}",
    remedy: "Use na tabela menos arquivos e maiores, e execute menos consultas ao mesmo tempo.",
  },
  "query-connector-failed": {
    message: "a função Lambda de uma tabela federada falhou: {error}",
    remedy: "Veja o log da função citada no erro.",
  },
  "query-internal": {
    message: "o Athena informa um erro próprio: {error}",
    remedy: "Execute o pipeline de novo; se persistir, compare os tipos da tabela com os arquivos.",
  },
} as const;
