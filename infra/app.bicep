// The bot's container, and with the embedded store a backup of it every night.
param name string
param location string
param image string
param registryName string
param identityName string
param appId string
param appType string
param tenantId string
param vaultUri string
param rotating bool
param caseStore string
param directory string
param overlay array
param settings array
param subnetId string
param allowedRanges array
param logDays int

@secure()
param organisation string

@description('With the embedded store: the accounts of the shares "data" and "backup".')
param storageAccounts array

var embedded = caseStore == 'tinydb'
var acrPull = '7f951dda-4ed3-4680-a7ca-43fe172d538d'
var nobody = '10001'
var fileHost = 'file.${environment().suffixes.storage}'
var shares = ['data', 'backup']

var fromVault = concat(
  [{ name: 'master-key', keyVaultUrl: '${vaultUri}secrets/master-key', identity: identity.id }],
  appType == 'SingleTenant' ? [{ name: 'app-password', keyVaultUrl: '${vaultUri}secrets/app-password', identity: identity.id }] : [],
  embedded ? [] : [{ name: 'database-address', keyVaultUrl: '${vaultUri}secrets/database-address', identity: identity.id }]
)
var told = concat(
  [
    { name: 'MICROSOFT_APP_ID', value: appId }
    { name: 'MICROSOFT_APP_TYPE', value: appType }
    { name: 'MICROSOFT_APP_TENANT_ID', value: tenantId }
    { name: 'VAERN_MASTER_KEY', secretRef: 'master-key' }
    { name: 'VAERN_ORGANISATION', value: '/config/organisation.toml' }
    { name: 'VAERN_DIRECTORY', value: directory }
    { name: 'VAERN_METRICS_PORT', value: '9464' }
    { name: 'CASE_STORE', value: caseStore }
  ],
  appType == 'SingleTenant' ? [{ name: 'MICROSOFT_APP_PASSWORD', secretRef: 'app-password' }] : [],
  embedded ? [] : [{ name: 'VAERN_DATABASE', secretRef: 'database-address' }],
  empty(overlay) ? [] : [{ name: 'VAERN_OVERLAY', value: '/overlay' }],
  settings
)
var overlaySecrets = [for (file, i) in overlay: { name: 'overlay-${i}', value: file.content }]
var overlayFiles = [for (file, i) in overlay: { secretRef: 'overlay-${i}', path: file.path }]
var given = concat(fromVault, [{ name: 'organisation', value: organisation }], overlaySecrets)
var newKey = [{ name: 'new-master-key', keyVaultUrl: '${vaultUri}secrets/new-master-key', identity: identity.id }]
var volumes = concat(
  [{ name: 'config', storageType: 'Secret', secrets: [{ secretRef: 'organisation', path: 'organisation.toml' }] }],
  empty(overlay) ? [] : [{ name: 'overlay', storageType: 'Secret', secrets: overlayFiles }],
  embedded ? [{ name: 'data', storageType: 'NfsAzureFile', storageName: 'data' }] : []
)
var mounts = concat(
  [{ volumeName: 'config', mountPath: '/config' }],
  empty(overlay) ? [] : [{ volumeName: 'overlay', mountPath: '/overlay' }],
  embedded ? [{ volumeName: 'data', mountPath: '/data' }] : []
)

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: identityName
}

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = {
  name: registryName
}

resource pull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: registry
  name: guid(registry.id, identity.id, acrPull)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', acrPull)
  }
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: logDays
    features: { disableLocalAuth: true }
    workspaceCapping: { dailyQuotaGb: 1 }
  }
}

resource containers 'Microsoft.App/managedEnvironments@2025-01-01' = {
  name: '${name}-containers'
  location: location
  properties: {
    vnetConfiguration: { infrastructureSubnetId: subnetId, internal: false }
    workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }]
    appLogsConfiguration: { destination: 'azure-monitor' }
  }
}

resource toLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: containers
  name: 'logs'
  properties: { workspaceId: logs.id, logs: [{ categoryGroup: 'allLogs', enabled: true }] }
}

resource mounted 'Microsoft.App/managedEnvironments/storages@2025-01-01' = [for (account, i) in storageAccounts: {
  parent: containers
  name: shares[i]
  properties: {
    nfsAzureFile: {
      server: '${account}.${fileHost}'
      shareName: '/${account}/${shares[i]}'
      accessMode: 'ReadWrite'
    }
  }
}]

resource app 'Microsoft.App/containerApps@2025-01-01' = {
  name: '${name}-bot'
  location: location
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity.id}': {} } }
  properties: {
    environmentId: containers.id
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        targetPort: 3978
        transport: 'http'
        allowInsecure: false
        ipSecurityRestrictions: [for (range, i) in allowedRanges: {
          name: 'allowed-${i}'
          action: 'Allow'
          ipAddressRange: range
        }]
      }
      registries: [{ server: registry.properties.loginServer, identity: identity.id }]
      secrets: given
    }
    template: {
      terminationGracePeriodSeconds: 30
      scale: { minReplicas: 1, maxReplicas: 1 }
      volumes: volumes
      initContainers: embedded ? [
        {
          name: 'owner'
          image: 'mcr.microsoft.com/azurelinux/base/core:3.0'
          command: ['chown', '${nobody}:${nobody}', '/data']
          resources: { cpu: json('0.25'), memory: '0.5Gi' }
          volumeMounts: [{ volumeName: 'data', mountPath: '/data' }]
        }
      ] : []
      containers: [
        {
          name: 'bot'
          image: image
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: told
          volumeMounts: mounts
          probes: [
            { type: 'Startup', httpGet: { path: '/healthz', port: 3978 }, periodSeconds: 5, failureThreshold: 30 }
            { type: 'Liveness', httpGet: { path: '/healthz', port: 3978 }, periodSeconds: 30, failureThreshold: 3 }
            { type: 'Readiness', httpGet: { path: '/readyz', port: 3978 }, periodSeconds: 10, failureThreshold: 3 }
          ]
        }
      ]
    }
  }
  dependsOn: [mounted, pull]
}

resource backup 'Microsoft.App/jobs@2025-01-01' = if (embedded) {
  name: '${name}-backup'
  location: location
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity.id}': {} } }
  properties: {
    environmentId: containers.id
    workloadProfileName: 'Consumption'
    configuration: {
      triggerType: 'Schedule'
      scheduleTriggerConfig: { cronExpression: '30 1 * * *', parallelism: 1, replicaCompletionCount: 1 }
      replicaTimeout: 3600
      replicaRetryLimit: 1
      registries: [{ server: registry.properties.loginServer, identity: identity.id }]
    }
    template: {
      volumes: [for share in shares: { name: share, storageType: 'NfsAzureFile', storageName: share }]
      initContainers: [
        {
          name: 'owner'
          image: 'mcr.microsoft.com/azurelinux/base/core:3.0'
          command: ['chown', '${nobody}:${nobody}', '/backup']
          resources: { cpu: json('0.25'), memory: '0.5Gi' }
          volumeMounts: [{ volumeName: 'backup', mountPath: '/backup' }]
        }
      ]
      containers: [
        {
          name: 'backup'
          image: image
          args: ['backup', '--to', '/backup', '--keep', '35']
          resources: { cpu: json('0.25'), memory: '0.5Gi' }
          volumeMounts: [for share in shares: { volumeName: share, mountPath: '/${share}' }]
        }
      ]
    }
  }
  dependsOn: [mounted, pull]
}

// Started by hand, with the bot stopped where that is asked for: check, rotate-key, and with the embedded store restore.
resource errand 'Microsoft.App/jobs@2025-01-01' = {
  name: '${name}-errand'
  location: location
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity.id}': {} } }
  properties: {
    environmentId: containers.id
    workloadProfileName: 'Consumption'
    configuration: {
      triggerType: 'Manual'
      manualTriggerConfig: { parallelism: 1, replicaCompletionCount: 1 }
      replicaTimeout: 3600
      replicaRetryLimit: 0
      registries: [{ server: registry.properties.loginServer, identity: identity.id }]
      secrets: concat(given, rotating ? newKey : [])
    }
    template: {
      volumes: concat(volumes, embedded ? [{ name: 'backup', storageType: 'NfsAzureFile', storageName: 'backup' }] : [])
      containers: [
        {
          name: 'errand'
          image: image
          args: ['--help']
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: concat(told, rotating ? [{ name: 'VAERN_NEW_MASTER_KEY', secretRef: 'new-master-key' }] : [])
          volumeMounts: concat(mounts, embedded ? [{ volumeName: 'backup', mountPath: '/backup' }] : [])
        }
      ]
    }
  }
  dependsOn: [mounted, pull]
}

output domain string = app.properties.configuration.ingress.fqdn
