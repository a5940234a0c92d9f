// PostgreSQL, within the network alone. Its address, password and all, is put into the Key Vault, and nowhere else.
param name string
param location string
param subnetId string
param zoneId string
param vaultName string

@description('Days that the server can be put back to. What was erased can be brought back for as long, so no more than it takes.')
param backupDays int

@secure()
param password string

var administrator = 'vaern'
var databaseName = 'vaern'

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: name
  location: location
  sku: { name: 'Standard_B1ms', tier: 'Burstable' }
  properties: {
    version: '17'
    administratorLogin: administrator
    administratorLoginPassword: empty(password) ? null : password
    network: { delegatedSubnetResourceId: subnetId, privateDnsZoneArmResourceId: zoneId, publicNetworkAccess: 'Disabled' }
    storage: { storageSizeGB: 32, autoGrow: 'Enabled' }
    backup: { backupRetentionDays: backupDays, geoRedundantBackup: 'Disabled' }
    highAvailability: { mode: 'Disabled' }
  }
}

resource database 'Microsoft.DBforPostgreSQL/flexibleServers/databases@2024-08-01' = {
  parent: server
  name: databaseName
  properties: { charset: 'UTF8', collation: 'en_US.utf8' }
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource address 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(password)) {
  parent: vault
  name: 'database-address'
  properties: {
    value: 'postgresql://${administrator}:${uriComponent(password)}@${server.properties.fullyQualifiedDomainName}/${databaseName}?sslmode=require'
  }
  dependsOn: [database]
}
