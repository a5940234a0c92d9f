// A network of its own, and the names by which keys, files and database are found in it.
param name string
param location string

var zones = {
  vault: 'privatelink.vaultcore.azure.net'
  files: 'privatelink.file.${environment().suffixes.storage}'
  database: '${name}.private.postgres.database.azure.com'
}

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: '${name}-network'
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.20.0.0/23'] }
    subnets: [
      {
        name: 'apps'
        properties: {
          addressPrefix: '10.20.0.0/24'
          delegations: [{ name: 'apps', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'database'
        properties: {
          addressPrefix: '10.20.1.0/28'
          delegations: [{ name: 'database', properties: { serviceName: 'Microsoft.DBforPostgreSQL/flexibleServers' } }]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: '10.20.1.32/27'
          privateEndpointNetworkPolicies: 'Disabled'
        }
      }
    ]
  }
}

resource vaultZone 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: zones.vault
  location: 'global'
}

resource filesZone 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: zones.files
  location: 'global'
}

resource databaseZone 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: zones.database
  location: 'global'
}

resource vaultLink 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = {
  parent: vaultZone
  name: 'network'
  location: 'global'
  properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
}

resource filesLink 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = {
  parent: filesZone
  name: 'network'
  location: 'global'
  properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
}

resource databaseLink 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = {
  parent: databaseZone
  name: 'network'
  location: 'global'
  properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
}

output appsId string = '${network.id}/subnets/apps'
output databaseId string = '${network.id}/subnets/database'
output endpointsId string = '${network.id}/subnets/endpoints'
output vaultZoneId string = vaultZone.id
output filesZoneId string = filesZone.id
output databaseZoneId string = databaseZone.id
