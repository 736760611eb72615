/** Causes that the ending exception of a run tells, in Brazilian Portuguese. */
export const portugueseRunCauses = {
  "name-not-importable": {
    message: "um import falhou: {error}",
    remedy: "Compare o nome com o módulo na versão que o job tem.",
  },
  "argument-conflict": {
    message: "o script pede a getResolvedOptions um argumento que o próprio Glue acrescenta: {error}",
    remedy: "Retire o argumento da lista que o script passa a getResolvedOptions.",
  },
  "key-missing": {
    message: "o script procura uma chave que não existe: {error}",
    remedy: "Compare a chave com a origem do dicionário: os argumentos do script ou os dados.",
  },
  "value-rejected": {
    message: "um valor foi rejeitado: {error}",
    remedy: "Descubra de onde vem o valor: dos dados ou de um argumento do job.",
  },
  "division-by-zero": {
    message: "o script divide por zero: {error}",
    remedy: "Veja de onde vem o divisor; a falta de linhas ou um grupo vazio costuma zerá-lo.",
  },
  "attribute-missing": {
    message: "o script usa um atributo que não existe: {error}",
    remedy: "Confira o nome e a versão do módulo que o job tem.",
  },
  "type-misused": {
    message: "o script usa um valor do tipo errado: {error}",
    remedy: "Confira os tipos dos valores nessa linha; None indica o que não foi encontrado.",
  },
  "index-out-of-range": {
    message: "o script pega um elemento que a lista não tem: {error}",
    remedy: "Verifique se a lista está vazia ou é menor do que o script espera.",
  },
  "name-undefined": {
    message: "o script usa um nome que não foi definido: {error}",
    remedy: "Defina ou importe o nome antes dessa linha.",
  },
  "assertion-failed": {
    message: "uma asserção do script não se cumpre: {error}",
    remedy: "Veja a asserção nessa linha e os dados que ela confere.",
  },
  "file-missing": {
    message: "o script abre um arquivo local que não existe: {error}",
    remedy: "Passe o arquivo ao job com --extra-files, ou leia-o do S3.",
  },
  "text-not-decodable": {
    message: "um texto tem outra codificação do que o script espera: {error}",
    remedy: "Informe a codificação dos dados onde o script os lê ou grava.",
  },
  "json-invalid": {
    message: "um texto não é JSON válido: {error}",
    remedy: "Veja o texto que o script interpreta nessa linha; ele pode estar vazio.",
  },
  "recursion-too-deep": {
    message: "uma função chama a si mesma sem fim: {error}",
    remedy: "Veja a função nessa linha.",
  },
  "script-exited": {
    message: "o próprio script se encerrou: {error}",
    remedy: "Veja o sys.exit a que o script chegou.",
  },
  "not-implemented": {
    message: "o script usa uma função que não está implementada: {error}",
    remedy: "Use outra função, ou uma versão que a tenha.",
  },
  "modules-not-installed": {
    message: "o Glue não conseguiu instalar os módulos Python adicionais do job: {error}",
    remedy: "Confira nomes e versões em --additional-python-modules, e o acesso do job ao índice de pacotes.",
  },
  "s3-endpoint-missing": {
    message: "a subnet da conexão do job não tem caminho até o S3: {error}",
    remedy: "Crie na VPC um gateway endpoint para o S3, ou dê à subnet um NAT gateway.",
  },
  "subnet-full": {
    message: "a subnet da conexão do job não tem endereços livres: {error}",
    remedy: "Use uma subnet maior ou menos workers, ou espere que outras execuções na subnet terminem.",
  },
  "security-group-closed": {
    message: "o security group da conexão do job não deixa os workers se comunicarem: {error}",
    remedy: "Inclua no security group uma regra para todas as portas TCP cuja origem seja o próprio grupo.",
  },
  "connection-zone-missing": {
    message: "a conexão do job não tem uma zona de disponibilidade utilizável: {error}",
    remedy: "Defina a subnet da conexão e a zona de disponibilidade em que ela está.",
  },
  "vpc-not-readable": {
    message: "a role do job não pode consultar a própria rede: {error}",
    remedy: "Permita na política da role do job a ação ec2:Describe citada no erro.",
  },
  "bookmark-conflict": {
    message: "outra execução do job alterou o bookmark nesse meio-tempo: {error}",
    remedy: "Defina a concorrência máxima do job como 1, e não resete o bookmark durante uma execução.",
  },
  throttled: {
    message: "um serviço recusou chamadas porque eram demais: {error}",
    remedy:
      "Faça o script chamar menos ou tentar de novo com uma pausa, e execute menos jobs ao mesmo tempo.",
  },
  "glue-internal": {
    message: "o Glue informa um erro próprio: {error}",
    remedy: "Execute o pipeline de novo; se persistir, consulte o suporte da AWS com o id da execução.",
  },
  "update-conflict": {
    message: "outra pessoa alterou a mesma coisa nesse meio-tempo: {error}",
    remedy: "Deixe uma execução de cada vez gravar, ou faça o script tentar de novo.",
  },
  "login-failed": {
    message: "o banco de dados recusou o usuário ou a senha: {error}",
    remedy: "Confira usuário e senha na conexão do job ou no segredo que ela usa.",
  },
  "secret-missing": {
    message: "o script lê um segredo que não existe: {error}",
    remedy: "Confira o nome do segredo, e se ele está na região e na conta do job.",
  },
  "driver-missing": {
    message: "o job não tem um driver JDBC para o banco de dados: {error}",
    remedy: "Passe o driver ao job com --extra-jars.",
  },
  "lake-formation-denied": {
    message: "o Lake Formation não deixa a role do job usar a tabela ou o database: {error}",
    remedy:
      "Conceda à role a permissão que falta sobre o recurso no Lake Formation; uma política do IAM não basta.",
  },
  "kms-key-unusable": {
    message: "o job não pode usar a chave KMS dos dados, ou ela não existe: {error}",
    remedy: "Confira se a chave existe na região, e permita a role do job na política dela e na da chave.",
  },
  "credentials-expired": {
    message: "as credenciais que o script usa expiraram: {error}",
    remedy: "Faça o script usar a role do job, ou pedir novas credenciais durante uma execução longa.",
  },
  "credentials-missing": {
    message: "o script não usa credenciais, ou usa credenciais que a AWS não conhece: {error}",
    remedy: "Faça o script usar a role do job, sem chaves próprias.",
  },
  "s3-slow-down": {
    message: "o S3 recusou requisições porque eram demais: {error}",
    remedy:
      "Grave menos arquivos e maiores, ou distribua-os por mais prefixos; execute menos jobs ao mesmo tempo.",
  },
  "s3-region-differs": {
    message: "o bucket está em outra região do que a que o script consulta: {error}",
    remedy: "Use um bucket na região do job, ou informe a região do bucket no cliente.",
  },
  "object-archived": {
    message: "um objeto está arquivado e não pode ser lido: {error}",
    remedy: "Restaure o objeto, ou exclua essa classe de armazenamento do que o job lê.",
  },
  "lambda-missing": {
    message: "o script chama uma função Lambda que não existe: {error}",
    remedy: "Confira o nome, a região e a conta da função.",
  },
  "lambda-throttled": {
    message: "o Lambda recusou chamadas porque há execuções demais ao mesmo tempo: {error}",
    remedy: "Aumente a concorrência da função, ou chame-a menos.",
  },
  "crawl-lake-formation-denied": {
    message:
      "o Lake Formation não deixa a role do crawler {crawler} usar a tabela ou a localização dela: {error}",
    remedy:
      "Conceda à role do crawler a permissão que falta no Lake Formation; uma política do IAM não basta.",
  },
  "crawl-access-denied": {
    message: "a role do crawler {crawler} não pode ler os dados ou gravar no catálogo: {error}",
    remedy:
      "Permita s3:GetObject e s3:ListBucket nos dados, e as ações do catálogo, na política da role dele.",
  },
  "crawl-database-missing": {
    message: "o database em que o crawler {crawler} grava não está no catálogo: {error}",
    remedy: "Crie o database junto com a sua infraestrutura, ou corrija o do crawler.",
  },
  "crawl-internal": {
    message: "o Glue informa um erro próprio no crawler {crawler}: {error}",
    remedy: "Execute o pipeline de novo; se persistir, consulte o suporte da AWS.",
  },
} as const;
