// The pages that labels and definitions lead to: what each is called, and its address.

const IBM = 'https://www.ibm.com/docs/en';
/** IBM's descriptions of DataPower's objects, as the Terraform provider publishes them; at one commit, since later ones leave the texts out. */
const SCHEMA =
  'https://github.com/ScottW514/terraform-provider-datapower/blob/0bbba1fc0a57a1564fa14d2db2958d77bbe968f2/docs/resources';

export const PAGES = {
  'ibm-adding-elements': [
    'IBM: adding elements to your assembly',
    `${IBM}/api-connect/10.0.5.x_lts?topic=ieiyaa-adding-elements-your-assembly`,
  ],
  'ibm-apar-it27954': ['IBM: APAR IT27954', 'https://ibm.com/support/pages/apar/IT27954'],
  'ibm-apar-it35242': ['IBM: APAR IT35242', 'https://www.ibm.com/support/pages/apar/IT35242'],
  'ibm-api-key': [
    'IBM: creating an API key security definition',
    'https://www.ibm.com/docs/SSMNED_v10cloud/com.ibm.apic.toolkit.doc/tapim_sec_api_config_scheme_create_apikey.html',
  ],
  'ibm-api-plan': ['IBM: creating an API plan', `${IBM}/SS9H2Y_10.5.x/apigw/apiplan.html`],
  'ibm-api-properties': [
    'IBM: API properties',
    `${IBM}/api-connect/10_reserved_instance?topic=definitions-api-properties`,
  ],
  'ibm-apim': [
    'IBM: GatewayScript code examples',
    `${IBM}/SSMNED_10.0.8/com.ibm.apic.toolkit.doc/rapim_gwscript_codesnip.html`,
  ],
  'ibm-assembly': ['IBM: execute', `${IBM}/api-connect/10.0.4.x?topic=specification-execute`],
  'ibm-assembly-limits': [
    'IBM: configuring a rate, burst, or count limit on the DataPower API Gateway',
    `${IBM}/api-connect/10.0.8_lts?topic=rl-configuring-rate-burst-count-limit-datapower-api-gateway`,
  ],
  'ibm-assembly-on-gateway': [
    'IBM: configuring an assembly',
    `${IBM}/datapower-gateway/10.5.0?topic=requests-configuring-assembly`,
  ],
  'ibm-authentication-url': [
    'IBM: creating an Authentication URL user registry',
    'https://ibm.com/docs/SSMNED_v10cd/com.ibm.apic.apionprem.doc/task_APIonPrem_authURLconfigwindow.html',
  ],
  'ibm-calling-api': [
    'IBM: calling an API',
    `${IBM}/api-connect/10_reserved_instance?topic=portal-calling-api`,
  ],
  'ibm-catch': [
    'IBM: handling errors in the assembly',
    `${IBM}/api-connect/10.0.8?topic=assembly-handling-errors-in`,
  ],
  'ibm-console': ['IBM: console module', `${IBM}/datapower-gateway/10.5.0?topic=apis-console-module`],
  'ibm-context': [
    'IBM: API context variables',
    `${IBM}/datapower-gateway/10.5.0?topic=context-api-variables`,
  ],
  'ibm-context-object': [
    'IBM: context object for the API gateway',
    `${IBM}/datapower-gateway/10.6.x?topic=object-context-api-gateway`,
  ],
  'ibm-context-variables': [
    'IBM: API Connect context variables',
    'https://www.ibm.com/docs/SSMNED_10.0.5/com.ibm.apic.toolkit.doc/rapim_context_var.html',
  ],
  'ibm-errors': [
    'IBM: error cases supported by assembly catches',
    `${IBM}/SSMNED_10.0.5/com.ibm.apic.toolkit.doc/ref_toolkit_catch_errors.html`,
  ],
  'ibm-extensions': [
    'IBM: extensions to the OpenAPI specification',
    `${IBM}/api-connect/10.0.x?topic=file-extensions-openapi-specification`,
  ],
  'ibm-gateway-type': [
    'IBM: specifying a gateway type for an API definition',
    `${IBM}/api-connect/10.0.8?topic=cli-specifying-gateway-type-api-definition`,
  ],
  'ibm-gatewayscript': [
    'IBM: GatewayScript APIs for API management',
    `${IBM}/datapower-gateway/10.5.0?topic=file-gatewayscript-apis-api-management`,
  ],
  'ibm-global-error-policy': [
    'IBM: how to use the global error policy to catch errors',
    'https://www.ibm.com/support/pages/how-use-global-error-policy-catch-errors',
  ],
  'ibm-glossary': [
    'IBM: API Connect glossary',
    'https://www.ibm.com/support/knowledgecenter/SSMNED_5.0.0/com.ibm.apic.overview.doc/overview_apimgmt_glossary.html',
  ],
  'ibm-handler': [
    'IBM: configuring an HTTPS handler',
    `${IBM}/datapower-gateway/10.6.0?topic=configuration-configuring-https-handler`,
  ],
  'ibm-hmac': [
    'IBM: crypto APIs to create cryptographic HMAC content',
    `${IBM}/datapower-gateway/10.6.x?topic=module-crypto-apis-create-cryptographic-hmac-content`,
  ],
  'ibm-jsonata': [
    'IBM: functional extensions to JSONata',
    `${IBM}/SS9H2Y_10.5.x/apigw/jsonata_functionalextensionsjsonata.html`,
  ],
  'ibm-jwt-validate': [
    'IBM: jwt-validate',
    'https://www.ibm.com/docs/SSMNED_v10/com.ibm.apic.toolkit.doc/rapim_cli_policies_jwtval.html',
  ],
  'ibm-known-limitations': [
    'IBM: known limitations of API Connect 10.0.5',
    'https://www.ibm.com/docs/SSMNED_10.0.5/com.ibm.apic.overview.doc/rapic_known_limitations.html',
  ],
  'ibm-messages': [
    'IBM: APIs to manage messages',
    `${IBM}/datapower-gateway/10.5.0?topic=gateway-apis-manage-messages`,
  ],
  'ibm-new-api': [
    'IBM: creating a new REST OpenAPI definition',
    `${IBM}/api-connect/10.0.5.x_lts?topic=definition-creating-new-rest-openapi`,
  ],
  'ibm-openapi-3': [
    'IBM: OpenAPI 3.0 support in API Connect',
    `${IBM}/api-connect/10.0.1.x?topic=definition-openapi-30-support-in-api-connect`,
  ],
  'ibm-packaging': [
    'IBM: packaging strategy and terminology',
    `${IBM}/api-connect/10_reserved_instance?topic=connect-packaging-strategy-terminology-in-api`,
  ],
  'ibm-paths': [
    'IBM: defining paths for an API',
    `${IBM}/api-connect/10.0.5.x_lts?topic=definition-defining-paths-api`,
  ],
  'ibm-plans': [
    'IBM: describing plans in your product',
    `${IBM}/api-connect/10.0.5.x_lts?topic=file-describing-plans-in-your-product`,
  ],
  'ibm-preflow': [
    'IBM: customizing the preflow policies',
    `${IBM}/SSMNED_v10/com.ibm.apic.toolkit.doc/capic_flexible_preflow.html`,
  ],
  'ibm-products': [
    'IBM: working with products',
    `${IBM}/api-connect/10.0.x?topic=applications-working-products`,
  ],
  'ibm-programming-model': [
    'IBM: Gateway programming model and GatewayScript',
    `${IBM}/datapower-gateway/10.0.x?topic=gateway-programming-model-gatewayscript`,
  ],
  'ibm-publishing': [
    'IBM: publishing an API',
    `${IBM}/api-connect/10.0.5.x_lts?topic=definitions-publishing-api`,
  ],
  'ibm-rate-limits': [
    'IBM: understanding rate limits for APIs and plans',
    `${IBM}/api-connect/10.0.5.x_lts?topic=connect-understanding-rate-limits-apis-plans`,
  ],
  'ibm-script-context': [
    'IBM: using context variables in GatewayScript and XSLT policies',
    `${IBM}/api-connect/10.0.5.x_lts?topic=aplc-using-context-variables-in-gatewayscript-xslt-policies-datapower-api-gateway`,
  ],
  'ibm-servers': [
    'IBM: defining servers for an API',
    `${IBM}/api-connect/10.0.5.x_lts?topic=definition-defining-servers-api`,
  ],
  'ibm-sessions': [
    'IBM: contexts and sessions',
    `${IBM}/datapower-gateway/10.6.x?topic=gatewayscript-contexts-sessions`,
  ],
  'ibm-set-variable': [
    'IBM: Set Variable',
    'https://www.ibm.com/support/knowledgecenter/SSMNED_2018/com.ibm.apic.toolkit.doc/rapim_ref_ootb_policysetvariable.html',
  ],
  'ibm-stop-on-error': [
    'IBM: handling errors in the assembly, what to do next',
    `${IBM}/api-connect/10_reserved_instance?topic=ieiyaa-handling-errors-in-assembly`,
  ],
  'ibm-switch': [
    'IBM: switch',
    'https://www.ibm.com/docs/SSMNED_v10cd/com.ibm.apic.toolkit.doc/rapim_cli_switch.html',
  ],
  'ibm-switch-conditions': [
    'IBM: using the switch policy condition editor',
    'https://www.ibm.com/docs/SSMNED_v10cloud/com.ibm.apic.toolkit.doc/rapic_switch_condition_editor.html',
  ],
  'ibm-throw': [
    'IBM: throw',
    'https://www.ibm.com/docs/SSMNED_10.0.5/com.ibm.apic.toolkit.doc/rapim_cli_policies_throw.html',
  ],
  'ibm-urlopen': ['IBM: urlopen module', `${IBM}/datapower-gateway/2018.4?topic=methods-urlopen-module`],
  'ibm-validate': [
    'IBM: Validate, DataPower API Gateway',
    `${IBM}/api-connect/10.0.4.x?topic=policies-validate-datapower-api-gateway`,
  ],
  'ibm-validate-422': [
    'IBM: validate policy returns status code 422',
    'https://ibm.com/support/pages/api-connect-validate-policy-returns-status-code-422-case-validate-error',
  ],
  'ibm-variable-references': [
    'IBM: variable references in API Connect',
    'https://www.ibm.com/docs/SSMNED_10.0.8/com.ibm.apic.toolkit.doc/capim_context_references.html',
  ],
  'ibm-websocket-upgrade': [
    'IBM: websocket-upgrade',
    `${IBM}/api-connect/10.0.x?topic=execute-websocket-upgrade`,
  ],
  'ibm-websocket-upgrade-in-editor': [
    'IBM: configuring the Websocket Upgrade policy',
    `${IBM}/api-connect/10.0.8?topic=upgrade-configuring-websocket-policy-datapower-api-gateway`,
  ],
  openapi: ['OpenAPI 2.0', 'https://spec.openapis.org/oas/v2.0.html'],
  'schema-api-definition': [
    'IBM’s object schema, in the Terraform provider: API definition',
    `${SCHEMA}/api_definition.md`,
  ],
  'schema-api-plan': ['IBM’s object schema, in the Terraform provider: API plan', `${SCHEMA}/api_plan.md`],
  'schema-api-routing': [
    'IBM’s object schema, in the Terraform provider: API routing',
    `${SCHEMA}/api_routing.md`,
  ],
  'schema-gatewayscript-settings': [
    'IBM’s object schema, in the Terraform provider: GatewayScript settings',
    `${SCHEMA}/gw_script_settings.md`,
  ],
  'schema-https-handler': [
    'IBM’s object schema, in the Terraform provider: HTTPS handler',
    `${SCHEMA}/https_source_protocol_handler.md`,
  ],
  'schema-invoke': [
    'IBM’s object schema, in the Terraform provider: invoke',
    `${SCHEMA}/assembly_action_invoke.md`,
  ],
  'schema-jwt-generate': [
    'IBM’s object schema, in the Terraform provider: jwt-generate',
    `${SCHEMA}/assembly_action_jwt_generate.md`,
  ],
  'schema-jwt-validate': [
    'IBM’s object schema, in the Terraform provider: jwt-validate',
    `${SCHEMA}/assembly_action_jwt_validate.md`,
  ],
  'schema-operation-switch': [
    'IBM’s object schema, in the Terraform provider: operation-switch',
    `${SCHEMA}/assembly_logic_operation_switch.md`,
  ],
  'schema-parse-settings': [
    'IBM’s object schema, in the Terraform provider: parse settings',
    `${SCHEMA}/parse_settings.md`,
  ],
  'schema-rate-limit': [
    'IBM’s object schema, in the Terraform provider: ratelimit',
    `${SCHEMA}/assembly_action_rate_limit.md`,
  ],
  'schema-security-requirement': [
    'IBM’s object schema, in the Terraform provider: API security requirement',
    `${SCHEMA}/api_security_requirement.md`,
  ],
  'schema-switch': [
    'IBM’s object schema, in the Terraform provider: switch',
    `${SCHEMA}/assembly_logic_switch.md`,
  ],
  'schema-websocket-upgrade': [
    'IBM’s object schema, in the Terraform provider: websocket-upgrade',
    `${SCHEMA}/assembly_action_web_socket_upgrade.md`,
  ],
  streams: ['WHATWG Streams, section 2.6', 'https://streams.spec.whatwg.org/#pipe-chains'],
} as const;
