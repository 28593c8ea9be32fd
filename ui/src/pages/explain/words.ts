// The explanation in words: names of owners, signed changes, and Markdown for an incident channel.
import type { Explain, Explained } from '../../api/types';
import { nameOf, ownersOf, signed } from '../../format/owners';
import { formatShare } from '../../format/number';
import { DIMENSION_NAMES, formatDimensionValue } from '../../format/text';
import { formatExplained } from '../../format/vital';

type CohortValue = Explained['values'][number];

/** A cohort may have several values of one dimension: any of them. */
export function byDimension(
  values: readonly CohortValue[],
): { dimension: CohortValue['dimension']; values: string[] }[] {
  const groups = new Map<CohortValue['dimension'], string[]>();
  for (const { dimension, value } of values) groups.set(dimension, [...(groups.get(dimension) ?? []), value]);
  return [...groups].map(([dimension, values]) => ({ dimension, values }));
}

/** How many sessions were shown a variant, now and before. */
export function shareInWords(flag: Explained['flags'][number]): string {
  const before = flag.share_before === null ? 'unknown before' : `${formatShare(flag.share_before)} before`;
  return `for ${formatShare(flag.share)} of the sessions, ${before}`;
}

/** What an incident channel wants to read. Text from telemetry cannot become markup in it. */
export function inWords(answer: Explain): string {
  const safe = (text: string) => text.replace(/[\\`*_{}[\]<>()#+!|~]/g, '\\$&').replace(/\s+/g, ' ');
  const lines = [`**${safe(answer.verdict)}**`, ''];
  for (const cohort of answer.cohorts) {
    const values = byDimension(cohort.values).map(
      ({ dimension, values }) =>
        `${DIMENSION_NAMES[dimension]} ${values.map((value) => safe(formatDimensionValue(dimension, value))).join(' or ')}`,
    );
    const p75 = `${formatExplained(answer.metric, cohort.p75_before)} → ${formatExplained(answer.metric, cohort.p75)}`;
    lines.push(`- ${values.join(', ') || 'Everybody'}: p75 ${p75}, ${Math.round(cohort.sessions)} sessions`);
    if (cohort.onset) lines.push(`  - began ${cohort.onset}`);
    for (const { service, release } of cohort.releases) lines.push(`  - new: ${safe(`${service} ${release}`)}`);
    for (const flag of cohort.flags)
      lines.push(`  - feature flag ${safe(`${flag.key} ${flag.variant}`)} ${shareInWords(flag)}`);
    for (const owner of ownersOf(cohort.owners).slice(0, 3))
      lines.push(`  - ${safe(nameOf(owner.owner))}: ${signed(owner.change)}`);
  }
  return `${lines.join('\n').trim()}\n`;
}
