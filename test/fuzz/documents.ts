/** Postmortems of every shape and language, written for these tests, to be mutated. */

const TABLE = `---
title: Checkout down
date: 2025-03-04
severity: SEV-1
services: [checkout, payments]
---
# INC-2025-031: Checkout down

**Status:** resolved · **Impact:** 38 minutes of failed payments

## Timeline

| Time | Event |
|------|-------|
| 10:30 | Alert fires |
| 10:42 | Rollback begun |

## Action items

| # | Action | Owner | Due | Priority | Status | Ticket |
|---|--------|-------|-----|:--------:|--------|--------|
| 1 | Alert on pool saturation | @lisa | 2025-03-10 | P1 | Open | [PAY-12](https://tracker.example.com/PAY-12) |
| 2 | Write a failover runbook | Marcus, @acme/sre | end of Q1 | P2 | ✅ Done | #41 |
| 3 | ~~Remove the old cron~~ | | next sprint | | 🔄 | |
| 4 | <action> | <owner> | YYYY-MM-DD | | | |
`;

const CHECKLIST = `# Postmortem: DNS outage on 12 September 2024

Authors: Lisa & Marcus

What went well
--------------
- Rollback was quick

Action Items
------------
### Immediate (complete within 1 week)
- [x] **TECH-1:** Restore the zone - *Lisa Wong - DONE Sept 14*
- [ ] **TECH-2:** Add a linter for zone files - *Lisa Wong - Due Sept 25*
  - [ ] in CI
  - [x] as a hook
- [ ] Rotate the keys by Friday (@marcus, P1) [due:: 2024-10-01]
* [ ] Freeze until end of March 📅 2025-03-31 ⏫

### Long-term
1. Consider a second provider; write down the criteria
2) Review [the plan][plan] (#12)
   continued here

[plan]: https://example.com/plan "The plan"
`;

const PROSE = `Incident review
===============

> [!NOTE]
> Draft

**Date:** 3 de octubre de 2025
**Severidad:** crítica

**Acciones:**

- Responsable: Ana. Agregar alerta de saturación antes del 15 de octubre.
- Equipo de plataforma
  - Documentar el proceso, para el 25 de septiembre
  - Revisar los límites

<details><summary>Más</summary>

Next steps: we will add retries, and @joe is going to migrate the queue before Q1 2026.

<table><tr><th>Task</th><th>Owner</th></tr><tr><td>Fix it</td><td>Joe</td></tr></table>

</details>

:::note
Follow-ups live in [[Board]] [^1]
:::

[^1]: see \\#4 and \\[ ] not a box
`;

const JAPANESE = `# 障害報告書 2025年9月12日

## 概要
データベース障害

## 再発防止策

| 対応 | 担当 | 期限 | 状態 |
|---|---|---|---|
| アラートを追加 | 山田 | 2025年9月25日 | 完了 |
| 手順書を作成する | 佐藤 | 9月末 | 対応中 |

## 后续行动
- 添加监控（负责人：王伟，截止日期：10月3日）
- 알림 추가 (담당: 김, 기한: 10월 3일까지)
`;

const HEADINGS = `# Nachbetrachtung: Ausfall der Suche am 3. Oktober 2025

## Maßnahmen

### 1. Alarm ergänzen
Verantwortlich: Jens
Fällig: bis Ende Oktober

### 2. Kapazität erhöhen
**Owner**: @uwe
**Due**: KW 45
**Status**: erledigt

## Actions correctives
- Ajouter une alerte d'ici fin du mois — Zoé
+ Corriger le script (@luc, 25 septembre)

## Lessons learned
- Rollbacks work
`;

export const DOCUMENTS: readonly string[] = [TABLE, CHECKLIST, PROSE, JAPANESE, HEADINGS];
