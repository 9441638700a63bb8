const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
const escape = (text: string): string => text.replaceAll(/[&<>"']/gu, (character) => ENTITIES[character]!);

export interface FieldParts {
  /** The API name of the field, e.g. `Rules_Points__c`. */
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly formula: string;
}

/** The formula as a custom field in the source format of Salesforce. Blank fields stay blank: the formula asks for them. */
export function fieldMetadata({ name, label, description, formula }: FieldParts): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<CustomField xmlns="http://soap.sforce.com/2006/04/metadata">
    <fullName>${escape(name)}</fullName>
    <description>${escape(description)}</description>
    <externalId>false</externalId>
    <formula>${escape(formula)}</formula>
    <formulaTreatBlanksAs>BlankAsBlank</formulaTreatBlanksAs>
    <label>${escape(label)}</label>
    <precision>18</precision>
    <required>false</required>
    <scale>0</scale>
    <type>Number</type>
    <unique>false</unique>
</CustomField>
`;
}
