// Værn in Azure: one container, what it keeps, and the bot that Teams knows. Nothing but the bot's own endpoint can be
// reached from outside: keys, files and database lie in a network of their own.
//
//   az deployment group create --resource-group vaern --template-file infra/azure.bicep \
//     --parameters infra/azure.parameters.json organisation=@organisation.toml masterKey="$(openssl rand -base64 32)"
//
// The master key is given the first time only: left out, the one in the Key Vault stays. docs/operations.md goes
// through it step by step.
targetScope = 'resourceGroup'

@description('Begins every resource\'s name: 3 to 12 small letters and digits.')
@minLength(3)
@maxLength(12)
param name string = 'vaern'

@description('Where everything lies. Personal data: keep it within the EU.')
param location string = resourceGroup().location

@description('What Teams shows as the bot\'s name.')
@maxLength(42)
param displayName string = 'Værn'

@description('The image, with registry and exact version, such as vaern.azurecr.io/vaern:0.1.0.')
param image string

@description('The container registry in this resource group that the image is pulled from.')
param registryName string

@description('UserAssignedMSI: a managed identity, and no password anywhere. SingleTenant: an app registration of your own.')
@allowed(['UserAssignedMSI', 'SingleTenant'])
param appType string = 'UserAssignedMSI'

@description('With SingleTenant alone: the application id of the app registration.')
param singleTenantAppId string = ''

@description('With SingleTenant alone: its client secret. Left out, the one in the Key Vault stays.')
@secure()
param singleTenantAppPassword string = ''

@description('The content of organisation.toml.')
@secure()
param organisation string

@description('The key that opens the store: 32 random bytes in base64. Left out, the one in the Key Vault stays.')
@secure()
param masterKey string = ''

@description('The key that rotate-key is to put in force, for as long as that is being done.')
@secure()
param newMasterKey string = ''

@description('tinydb: the embedded store on a file share, one process. postgres: a database beside it.')
@allowed(['tinydb', 'postgres'])
param caseStore string = 'tinydb'

@description('With postgres alone: the password of its administrator. Left out, the address in the Key Vault stays.')
@secure()
param databasePassword string = ''

@description('With postgres alone: days that the database can be put back to. Erased cases stay in its backups for as long, with their wrapped keys beside them: whoever has the master key could read them. 7 is the least Azure offers.')
@minValue(7)
@maxValue(35)
param databaseBackupDays int = 7

@description('Who is whose leader: organisation.toml alone, or Entra too.')
@allowed(['file', 'graph'])
param directory string = 'file'

@description('Local changes (VAERN_OVERLAY): of each file the path in the folder, such as all/plan.toml, and the content.')
param overlay array = []

@description('More settings of the bot, none of them secret: each a name and a value.')
param settings array = []

@description('Addresses that may reach the endpoint, such as those of the AzureBotService service tag. Empty: all.')
param allowedRanges array = []

@description('How long the logs are kept. They hold ids, and nothing that anybody wrote.')
@minValue(30)
@maxValue(730)
param logDays int = 90

var embedded = caseStore == 'tinydb'
var managed = appType == 'UserAssignedMSI'
var suffix = uniqueString(resourceGroup().id, name)

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-bot'
  location: location
}

module network 'network.bicep' = {
  name: 'network'
  params: { name: name, location: location }
}

module keys 'keys.bicep' = {
  name: 'keys'
  params: {
    name: '${name}-${suffix}'
    location: location
    readerPrincipalId: identity.properties.principalId
    subnetId: network.outputs.endpointsId
    zoneId: network.outputs.vaultZoneId
    masterKey: masterKey
    newMasterKey: newMasterKey
    appPassword: singleTenantAppPassword
  }
}

module files 'storage.bicep' = [for kept in (embedded ? ['data', 'backup'] : []): {
  name: 'storage-${kept}'
  params: {
    name: take('${name}${kept}${suffix}', 24)
    location: location
    subnetId: network.outputs.endpointsId
    zoneId: network.outputs.filesZoneId
    share: kept
  }
}]

module database 'database.bicep' = if (!embedded) {
  name: 'database'
  params: {
    name: '${name}-${suffix}'
    location: location
    subnetId: network.outputs.databaseId
    zoneId: network.outputs.databaseZoneId
    backupDays: databaseBackupDays
    password: databasePassword
    vaultName: keys.outputs.name
  }
}

module app 'app.bicep' = {
  name: 'app'
  params: {
    name: name
    location: location
    image: image
    registryName: registryName
    identityName: identity.name
    appId: managed ? identity.properties.clientId : singleTenantAppId
    appType: appType
    tenantId: tenant().tenantId
    organisation: organisation
    vaultUri: keys.outputs.uri
    rotating: !empty(newMasterKey)
    caseStore: caseStore
    directory: directory
    overlay: overlay
    settings: settings
    subnetId: network.outputs.appsId
    storageAccounts: embedded ? [files[0].outputs.name, files[1].outputs.name] : []
    allowedRanges: allowedRanges
    logDays: logDays
  }
  dependsOn: [database]
}

module bot 'bot.bicep' = {
  name: 'bot'
  params: {
    name: '${name}-${suffix}'
    displayName: displayName
    appId: managed ? identity.properties.clientId : singleTenantAppId
    appType: appType
    tenantId: tenant().tenantId
    identityId: managed ? identity.id : ''
    domain: app.outputs.domain
  }
}

// What the app package and the Agents Toolkit are told (env/.env.dev).
output BOT_ID string = managed ? identity.properties.clientId : singleTenantAppId
output BOT_DOMAIN string = app.outputs.domain
output ENDPOINT string = 'https://${app.outputs.domain}/api/messages'
output MICROSOFT_APP_ID string = managed ? identity.properties.clientId : singleTenantAppId
output VAERN_BOT_HOST string = app.outputs.domain
