/** Headings as people write them in postmortems: above work, and above none. */
import type { LanguageCode } from "../../../src/postmortem/languages/index.js";

interface Headings {
  /** Parted by `|`. */
  readonly work: string;
  readonly none: string;
}

/** All headings of a text. */
export const each = (headings: string): string[] =>
  headings.split("|").map((heading) => heading.replace(/\s+/g, " ").trim());

export const HEADINGS: Readonly<Record<LanguageCode, Headings>> = {
  en: {
    work: `
      Action Items | Actions | Action points | Action plan | Follow-ups | Follow up tasks | Next actions | Corrective actions |
      Preventive actions | Preventative measures | Prevention | Remediation | Remediation plan | Remediation items | Improvement actions |
      Planned improvements | Improvements to make | Long-term fixes | Long term solution | Outstanding work | Outstanding action items |
      To be done | Things to do | What we will do | What we're changing | What we are going to change | How we'll prevent this |
      How we will stop this happening again | Preventing recurrence | Recurrence prevention | Repair items | Work items | Tickets filed |
      Future work | Future improvements | Planned work | Our plan | The plan | Going forward | Moving forward | Where we go from here |
      Next steps & owners | Actionables | Action register | CAPA | Post-incident actions | Steps to prevent recurrence |
      Measures to prevent recurrence | Commitments | Who does what | Remaining work | Outstanding tasks | Engineering follow-ups |
      Process follow-ups | Things we will fix | What's next | Up next | Fixes planned | Agreed actions | Hardening tasks |
      What needs to happen next | Work to be done | Short-term actions | Medium-term measures | Agreements | What we agreed |
      What we agreed to do | What we committed to | Remediation steps | Remaining actions | Left to do | What's left to do |
      Where do we go from here? | Roadmap | Tickets created | Assigned tasks | Identified improvements | Making sure it doesn't happen again |
      How are we making sure this never happens again? | Actions & owners | Action log | Open actions | Improvement backlog | Countermeasures |
      Corrective plan | Next actions & responsibilities | Improvements underway | What we're fixing | Fixes in progress | Our next steps |
      Follow-through items | Preventing this in the future | Steps we're taking | Steps we are taking to prevent this | Mitigation plan |
      Mitigations going forward | Resilience improvements | Reliability improvements | Post-incident improvements |
      Follow-up from this incident | Outcomes and actions | Takeaways and action items | Resulting tasks | Safeguards we're adding |
      What comes next | Plan of action | Plan going forward | To-do list`,
    none: `
      Resolution | Fix | The fix | Fix applied | Mitigation | Impact | Customer impact | Detection | Lessons learned | What went well |
      What went poorly | What went wrong | What could have gone better | Where we got lucky | Timeline | Summary | Executive summary |
      Contributing factors | Actions taken | Steps taken | Immediate actions taken | What we did | How we fixed it | Response |
      Incident response | Glossary | Attendees | References | Conclusion | Affected services | Symptoms | Communication | Open questions |
      What happened | Why it happened | Root cause | Trigger | Background | Recovery | Recovery steps | Workaround | Files changed |
      Verification | Testing | Deployment | Rollback | Metrics | Success criteria | FAQ | Appendix | Acknowledgements | Related incidents |
      Known issues | Limitations | Risks | Assumptions | Scope | Key takeaways | Observations | Analysis | Technical details |
      Reproduction steps | How to reproduce | Steps to reproduce | Alternatives considered | What we learned | Debugging process |
      Investigation | Before / after | Configuration | Architecture | Environment | Diagnosis | Findings | Evidence | Incident flow |
      Problem description | Scope of impact | People involved | Current status | What worked | The good | The bad | The ugly | Key learnings |
      Financial impact | Root cause analysis | Five whys | Temporary fix | Solution adopted | Changes made | Contacts | History | Thanks | Goal |
      Introduction | Steps we took | What we did to fix it | Immediate mitigation | How we responded | How we detected it | Escalation |
      Stakeholders | Data loss | Post-incident timeline | Incident response timeline | Lessons | Hindsight | What we got right |
      What we got wrong | Where we were lucky | Other observations | Technical background | Logs | Screenshots | Queries used | Test results |
      Release notes | Severity definition | Prior incidents | Near misses | Costs | Customer communication | Public statement | Q&A |
      Installation steps | Next.js configuration | Step 1: install | Action Cable setup | Task scheduler | Work queue | Open source |
      Planned maintenance window | Plan pricing | How the system works | Steps leading to the incident | Actions that triggered the outage |
      Sequence of actions | User actions | Attacker actions | What the attacker did | Items affected | Changes in this release | Recent changes |
      Change that caused the incident | Planned migration | Planned change details | The planned upgrade | Work performed | Work done so far |
      Maintenance plan | Test plan | Rollout plan | Communication plan | Incident response plan | Disaster recovery plan | Backup plan |
      Data migration steps | Steps of the attack | Attack steps | Next day | The next morning | Why we did not prevent it |
      Why prevention failed | What prevented detection | What stopped the bleeding | How it was prevented from getting worse |
      Improvements since last incident | Improvement in latency | What improved | Fix verification | Fix details | Fix timeline |
      Action taken by provider | Provider actions | Vendor response | Customer actions needed | Issues encountered |
      Open issues at time of incident | Similar incidents in the past | Repeat incidents | Future impact | Preventable? |
      Could this have been prevented? | Was it preventable? | How could we have prevented this? | Follow-up questions from customers |
      Follow-up emails | Remaining impact | Outstanding questions | Pending deploys at the time | Current monitoring | Existing safeguards |
      Safeguards that worked | Controls that failed | Existing controls | Measures in place before the incident`,
  },
  es: {
    work: `
      Elementos de acción | Acciones pendientes | Acciones a seguir | Plan de acción | Siguientes pasos | Pasos a seguir | Próximas acciones |
      Acciones correctivas | Acciones preventivas | Medidas preventivas | Medidas a futuro | Acciones de mejora | Plan de mejora |
      Mejoras a implementar | Soluciones a largo plazo | Tareas pendientes | Pendientes | Seguimiento | Cómo evitaremos que vuelva a ocurrir |
      Qué haremos para evitarlo | Acciones a largo plazo | Trabajo pendiente | Tareas de seguimiento | Compromisos adquiridos |
      Acciones definidas | Medidas propuestas | Medidas para evitar recurrencia | Mejoras propuestas | Acciones acordadas en la reunión |
      Qué vamos a cambiar | Acciones a corto plazo | Medidas a mediano plazo | Acuerdos | Acuerdos alcanzados | Tareas derivadas |
      Acciones derivadas del incidente | Acciones de remediación | Plan de remediación | Puntos pendientes | Qué falta por hacer | Lo que sigue |
      Qué sigue | Siguientes acciones | Hoja de ruta | Tickets creados | Tareas asignadas | Mejoras identificadas |
      Medidas para que no se repita | Cómo vamos a evitar que se repita | Acciones y responsables | Lista de tareas | Actividades pendientes |
      Actividades de seguimiento | Prevención de recurrencia | Trabajos pendientes | Mejoras acordadas | Próximas tareas | Mejoras previstas |
      Acciones de prevención | Medidas de mejora`,
    none: `
      Resolución | Solución aplicada | Corrección aplicada | Mitigación | Impacto en los clientes | Detección | Lecciones aprendidas |
      Qué salió bien | Qué salió mal | Dónde tuvimos suerte | Cronología | Línea temporal | Resumen ejecutivo |
      Factores contribuyentes | Acciones tomadas | Medidas adoptadas | Acciones realizadas | Respuesta inmediata | Glosario | Participantes |
      Referencias | Conclusiones | Servicios afectados | Síntomas | Comunicación | Preguntas abiertas | Qué ocurrió | Por qué ocurrió |
      Pasos de recuperación | Causa del incidente | Antecedentes | Diagnóstico | Hallazgos | Evidencias | Línea de tiempo del incidente |
      Descripción del problema | Alcance | Equipo involucrado | Estado actual | Qué funcionó | Lo bueno | Lo malo | Aprendizajes clave |
      Impacto económico | Análisis de causa raíz | Cinco porqués | Solución temporal | Solución implementada | Cambios realizados |
      Correcciones realizadas | Anexos | Contactos | Métricas | Recomendaciones para los usuarios | Registro de cambios | Historial |
      Agradecimientos | Objetivo | Introducción | Qué pasó | Acciones ejecutadas | Pasos de instalación | Pasos previos |
      Pasos que llevaron al incidente | Acciones del atacante | Acciones del usuario | Secuencia de acciones | Cambios recientes |
      Cambio que causó el incidente | Mantenimiento planificado | Plan de pruebas | Plan de comunicación | Plan de recuperación |
      Trabajo realizado | Por qué no se pudo evitar | ¿Se pudo haber evitado? | Mejoras desde el último incidente | Medidas existentes |
      Controles existentes | Impacto futuro | Incidentes similares anteriores | Próximo mantenimiento | Preguntas pendientes |
      Despliegues pendientes en ese momento | Detalles de la corrección`,
  },
  pt: {
    work: `
      Itens de ação | Ações pendentes | Ações a tomar | Plano de ação | Próximos passos | Próximas ações | Ações corretivas | Ações preventivas |
      Medidas preventivas | Ações de melhoria | Plano de melhoria | Melhorias a implementar | Soluções de longo prazo | Tarefas pendentes |
      Pendências | Acompanhamento | Como evitaremos que aconteça novamente | O que faremos para evitar | Ações de longo prazo |
      Tarefas de acompanhamento | Ações definidas | Medidas propostas | Medidas para evitar recorrência | Melhorias propostas |
      O que vamos mudar | Itens de acompanhamento | Encaminhamentos | Ações de acompanhamento | Ações de curto prazo | Medidas de médio prazo |
      Acordos | Ações de remediação | Plano de remediação | Pontos pendentes | O que falta fazer | Próximas tarefas | Roteiro | Tickets criados |
      Tarefas atribuídas | Melhorias identificadas | Medidas para que não se repita | Como vamos evitar que se repita | Ações e responsáveis |
      Lista de tarefas | Atividades pendentes | Prevenção de recorrência | Melhorias acordadas | Melhorias previstas | Ações de prevenção |
      Plano de ação corretiva | Próximos passos e responsáveis | Afazeres | A fazer`,
    none: `
      Resolução | Solução aplicada | Correção aplicada | Mitigação | Impacto nos clientes | Detecção | Lições aprendidas | O que deu certo |
      O que deu errado | O que pode melhorar | Onde tivemos sorte | Cronologia | Linha do tempo | Resumo executivo | Fatores contribuintes |
      Ações tomadas | Medidas adotadas | Ações realizadas | Resposta imediata | Glossário | Participantes | Referências | Conclusões |
      Serviços afetados | Sintomas | Comunicação | Perguntas em aberto | O que aconteceu | Por que aconteceu | Passos de recuperação |
      Pontos fortes | Pontos fracos | Diagnóstico | Achados | Evidências | Linha do tempo do incidente | Descrição do problema | Escopo |
      Equipe envolvida | Situação atual | O que funcionou | O bom | O ruim | Principais aprendizados | Impacto financeiro |
      Análise de causa raiz | Cinco porquês | Solução temporária | Solução implementada | Mudanças realizadas | Correções realizadas | Anexos |
      Contatos | Métricas | Histórico | Agradecimentos | Objetivo | Introdução | Ações executadas | Passos de instalação |
      Passos que levaram ao incidente | Ações do atacante | Ações do usuário | Sequência de ações | Mudanças recentes |
      Mudança que causou o incidente | Manutenção planejada | Plano de testes | Plano de comunicação | Trabalho realizado |
      Por que não foi evitado | Poderia ter sido evitado? | Medidas existentes | Controles existentes | Impacto futuro |
      Incidentes semelhantes anteriores | Perguntas pendentes`,
  },
  fr: {
    work: `
      Actions à mener | Actions à entreprendre | Actions en cours | Plan d'action | Plan d'actions | Prochaines étapes | Prochaines actions |
      Actions correctives | Actions préventives | Mesures préventives | Mesures correctives | Actions d'amélioration | Plan d'amélioration |
      Améliorations à apporter | Améliorations prévues | Solutions à long terme | Tâches restantes | Reste à faire | Suivi |
      Comment éviter que cela se reproduise | Ce que nous allons faire | Actions à long terme | Mesures à prendre | Actions de suivi |
      Mesures envisagées | Mesures pour éviter la récidive | Points d'action | Ce qu'on va changer | Actions décidées | Suite à donner |
      Actions à court terme | Mesures à moyen terme | Engagements | Actions de remédiation | Plan de remédiation | Points en suspens |
      Ce qu'il reste à faire | Et maintenant ? | La suite | Feuille de route | Tickets créés | Tâches assignées | Améliorations identifiées |
      Mesures pour que cela ne se reproduise pas | Comment allons-nous éviter que cela se reproduise | Actions et responsables |
      Liste des actions | Liste de tâches | Actions ouvertes | Actions restantes | Prévention de la récidive | Améliorations décidées |
      Actions planifiées | Plan d'actions correctives | Prochains chantiers | Chantiers à venir | Actions retenues | Mesures décidées`,
    none: `
      Résolution | Solution appliquée | Correctif appliqué | Corrections apportées | Atténuation | Impact client | Détection | Leçons apprises |
      Enseignements | Ce qui a bien fonctionné | Ce qui a mal fonctionné | Points positifs | Points négatifs | Chronologie |
      Déroulé des événements | Résumé | Facteurs contributifs | Actions menées | Mesures prises | Réponse immédiate | Glossaire | Participants |
      Références | Conclusion | Services affectés | Symptômes | Communication | Questions ouvertes | Que s'est-il passé | Pourquoi |
      Étapes de rétablissement | Cause racine | Diagnostic | Constats | Preuves | Chronologie de l'incident | Description du problème |
      Périmètre | Équipe impliquée | État actuel | Ce qui a fonctionné | Le bon | Le mauvais | Principaux enseignements | Impact financier |
      Analyse de la cause racine | Cinq pourquoi | Solution temporaire | Solution mise en place | Changements effectués |
      Corrections effectuées | Annexes | Contacts | Métriques | Historique | Remerciements | Objectif | Introduction | Actions effectuées |
      Contournement | Étapes d'installation | Étapes ayant mené à l'incident | Actions de l'attaquant | Actions utilisateur |
      Séquence des actions | Changements récents | Changement à l'origine de l'incident | Maintenance planifiée | Plan de tests |
      Plan de communication | Plan de reprise | Travaux réalisés | Pourquoi cela n'a pas été évité | Aurait-on pu l'éviter ? |
      Mesures existantes | Contrôles existants | Impact futur | Incidents similaires passés | Questions en suspens`,
  },
  de: {
    work: `
      Maßnahmen | Maßnahmenplan | Aktionspunkte | Offene Punkte | Offene Aufgaben | Nächste Schritte | Weitere Schritte | Korrekturmaßnahmen |
      Präventive Maßnahmen | Vorbeugende Maßnahmen | Verbesserungsmaßnahmen | Geplante Maßnahmen | Langfristige Maßnahmen | Was wir ändern |
      Was wir tun werden | Wie wir das künftig verhindern | Folgeaufgaben | Handlungsbedarf | Todos | Ausstehende Aufgaben |
      Geplante Verbesserungen | Abgeleitete Maßnahmen | Folgemaßnahmen | Aufgabenliste | Kurzfristige Maßnahmen | Mittelfristige Maßnahmen |
      Vereinbarungen | Vereinbarte Maßnahmen | Beschlossene Maßnahmen | Noch zu tun | Was noch zu tun ist | Wie geht es weiter | Fahrplan |
      Angelegte Tickets | Zugewiesene Aufgaben | Verbesserungspotenziale | Maßnahmen gegen Wiederholung | Wie verhindern wir das in Zukunft |
      Maßnahmen und Verantwortliche | To-do-Liste | Offene Maßnahmen | Korrekturplan | Geplante Schritte | Präventivmaßnahmen | Gegenmaßnahmen |
      Abhilfemaßnahmen | Verbesserungsplan | Verbesserungen geplant | Maßnahmenkatalog | Zukünftige Maßnahmen`,
    none: `
      Behebung | Lösung | Auswirkungen | Erkennung | Gelernte Lektionen | Erkenntnisse | Was lief gut | Was lief schlecht | Wo wir Glück hatten |
      Zeitlicher Ablauf | Zeitleiste | Zusammenfassung | Beitragende Faktoren | Ergriffene Maßnahmen | Durchgeführte Maßnahmen | Glossar |
      Beteiligte | Referenzen | Fazit | Betroffene Systeme | Symptome | Kommunikation | Offene Fragen | Was ist passiert | Ursache |
      Hintergrund | Wiederherstellung | Abhilfe | Diagnose | Befunde | Belege | Ablauf des Vorfalls | Problembeschreibung | Umfang |
      Beteiligte Personen | Aktueller Stand | Was funktioniert hat | Das Gute | Das Schlechte | Wichtigste Erkenntnisse | Finanzieller Schaden |
      Ursachenanalyse | Fünf Warum | Übergangslösung | Umgesetzte Lösung | Vorgenommene Änderungen | Anhang | Kontakte | Kennzahlen | Verlauf |
      Dank | Ziel | Einleitung | Erledigte Maßnahmen | Workaround | Begriffe | Installationsschritte | Schritte zur Reproduktion |
      Schritte bis zum Vorfall | Aktionen des Angreifers | Benutzeraktionen | Letzte Änderungen | Auslösende Änderung | Geplante Wartung |
      Testplan | Kommunikationsplan | Notfallplan | Durchgeführte Arbeiten | Warum wurde es nicht verhindert | Hätte man es verhindern können? |
      Bestehende Maßnahmen | Bestehende Kontrollen | Frühere ähnliche Vorfälle | Folgen`,
  },
  it: {
    work: `
      Azioni | Piano d'azione | Prossimi passi | Prossime azioni | Azioni correttive | Azioni preventive | Misure preventive |
      Azioni di miglioramento | Piano di miglioramento | Miglioramenti previsti | Attività in sospeso | Attività da svolgere | Da fare |
      Cosa faremo | Come evitare che si ripeta | Azioni a lungo termine | Azioni di follow-up | Interventi previsti | Misure da adottare |
      Azioni pianificate | Azioni a breve termine | Misure a medio termine | Accordi | Azioni di rimedio | Piano di rimedio | Punti in sospeso |
      Cosa resta da fare | E adesso? | Roadmap | Ticket aperti | Attività assegnate | Miglioramenti individuati |
      Misure per evitare il ripetersi | Come eviteremo che si ripeta | Azioni e responsabili | Elenco delle azioni | Azioni aperte |
      Prevenzione della ricorrenza | Miglioramenti concordati | Contromisure | Piano correttivo | Prossime attività`,
    none: `
      Risoluzione | Soluzione applicata | Correzione applicata | Mitigazione | Impatto | Rilevamento | Lezioni apprese | Cosa è andato bene |
      Cosa è andato male | Dove siamo stati fortunati | Cronologia | Riepilogo | Fattori contribuenti | Azioni intraprese | Misure adottate |
      Risposta immediata | Glossario | Partecipanti | Riferimenti | Conclusioni | Servizi coinvolti | Sintomi | Comunicazione | Domande aperte |
      Cosa è successo | Causa | Ripristino | Diagnosi | Riscontri | Evidenze | Cronologia dell'incidente | Descrizione del problema | Ambito |
      Team coinvolto | Stato attuale | Cosa ha funzionato | Il buono | Il brutto | Principali insegnamenti | Impatto economico |
      Analisi della causa | Cinque perché | Soluzione temporanea | Soluzione adottata | Modifiche effettuate | Allegati | Contatti | Metriche |
      Storico | Ringraziamenti | Obiettivo | Introduzione | Azioni effettuate`,
  },
  nl: {
    work: `
      Acties | Actiepunten | Actieplan | Actielijst | Vervolgstappen | Vervolgacties | Volgende stappen | Openstaande acties |
      Openstaande punten | Corrigerende maatregelen | Preventieve maatregelen | Verbeteracties | Verbeterplan | Geplande verbeteringen |
      Langetermijnmaatregelen | Te doen | Taken | Hoe voorkomen we dit in de toekomst | Wat gaan we doen | Te nemen maatregelen | Maatregelen |
      Acties op korte termijn | Maatregelen op middellange termijn | Afspraken | Gemaakte afspraken | Herstelplan | Nog te doen |
      Wat moet er nog gebeuren | Hoe nu verder | Aangemaakte tickets | Toegewezen taken | Maatregelen om herhaling te voorkomen |
      Acties en eigenaren | Open acties | Verbetervoorstellen | Geplande acties | Geplande maatregelen | Structurele maatregelen |
      Actiepunten en eigenaren | Takenlijst | To-do's`,
    none: `
      Oplossing | Toegepaste oplossing | Impact | Detectie | Geleerde lessen | Wat ging goed | Wat ging fout | Wat ging er mis |
      Waar hadden we geluk | Tijdlijn | Samenvatting | Bijdragende factoren | Genomen maatregelen | Genomen acties | Directe respons |
      Woordenlijst | Aanwezigen | Referenties | Conclusie | Getroffen systemen | Symptomen | Communicatie | Open vragen | Wat is er gebeurd |
      Oorzaak | Herstel | Diagnose | Bevindingen | Bewijs | Verloop van het incident | Probleembeschrijving | Reikwijdte | Betrokken team |
      Huidige status | Wat werkte | Het goede | Het slechte | Belangrijkste lessen | Financiële schade | Oorzaakanalyse | Vijf keer waarom |
      Tijdelijke oplossing | Gekozen oplossing | Doorgevoerde wijzigingen | Bijlage | Contactpersonen | Statistieken | Geschiedenis | Dankwoord |
      Doel | Inleiding | Uitgevoerde acties`,
  },
  ja: {
    work: `
      アクションアイテム | 対応策 | 今後の対策 | 再発防止策 | 再発防止に向けて | 改善策 | 改善アクション | 次のアクション | ネクストアクション | 今後の対応 | 今後の予定 | 残タスク | 残課題 | TODO | やること | 恒久対策 | 是正措置 |
      予防策 | フォローアップ | 対策案 | 次回アクション | 今後の取り組み | 改善計画 | アクションプラン | 短期的な対策 | 中期的な対策 | 根本対策 | 再発防止に向けた取り組み | 対応予定のタスク | 対応が必要な項目 | 作成したチケット | 改善事項 |
      改善タスク | 今後実施すること | 今後の改善策 | 今後のアクション | 対策と担当者 | フォローアップ事項 | 未対応の項目 | 課題と対策 | 恒久的な対応 | 防止策 | TODOリスト | 宿題`,
    none: `
      解決策 | 対応内容 | 暫定対応 | 緩和策 | 影響 | 影響範囲 | 検知 | 学んだこと | 良かった点 | 悪かった点 | うまくいったこと | 運が良かったこと | タイムライン | 時系列 | 概要 | 要因 | 実施した対応 | 用語集 | 参加者 |
      参考資料 | まとめ | 影響を受けたサービス | 症状 | 連絡 | 未解決の疑問 | 何が起きたか | 原因 | 経緯 | 所感 | 背景 | 診断 | 調査結果 | 証跡 | 障害の経緯 | 問題の説明 | スコープ | 対応メンバー | 現在の状況 |
      うまくいったところ | よかったこと | 悪かったこと | 主な学び | 金銭的影響 | 根本原因分析 | なぜなぜ分析 | 一時的な対応 | 実施した対策 | 変更内容 | 付録 | 連絡先 | メトリクス | 更新履歴 | 謝辞 | 目的 | はじめに | おわりに |
      障害レベル | 技術的詳細 | 復旧手順 | インストール手順 | 障害に至る手順 | 攻撃者の行動 | ユーザー操作 | 最近の変更 | 原因となった変更 | 計画メンテナンス | テスト計画 | 実施作業 | なぜ防げなかったのか | 既存の対策 | 既存の監視 |
      過去の類似障害 | 今後の影響`,
  },
  zh: {
    work: `
      行动项 | 改进措施 | 后续行动 | 后续计划 | 后续工作 | 下一步计划 | 下一步行动 | 待办事项 | 整改措施 | 整改计划 | 预防措施 | 纠正措施 | 改进计划 | 改进方案 | 长期方案 | 长期改进 | 跟进事项 | 如何避免再次发生 | 防止再发措施 |
      优化措施 | 遗留问题 | TODO | 行动计划 | 待改进项 | 短期措施 | 中期措施 | 长期措施 | 根本解决措施 | 整改项 | 整改行动 | 待跟进事项 | 后续跟进 | 已创建的工单 | 待完成任务 | 改进点 | 改进建议和计划 | 下一步工作 |
      防止复发 | 避免重复发生的措施 | 行动计划与负责人 | TODO列表 | 未完成事项 | 加固方案 | 后续优化 | 优化计划 | 跟进计划 | 措施与责任人 | 预防方案`,
    none: `
      解决方案 | 解决过程 | 处理过程 | 修复方案 | 影响范围 | 故障影响 | 发现方式 | 经验教训 | 做得好的地方 | 做得不好的地方 | 幸运的地方 | 时间线 | 故障时间线 | 概述 | 故障概述 | 影响因素 | 已采取措施 | 应急处理 | 术语 |
      参与人员 | 参考资料 | 总结 | 受影响的服务 | 故障现象 | 沟通 | 问题 | 发生了什么 | 根因 | 根因分析 | 背景 | 诊断 | 调查结果 | 证据 | 事件经过 | 问题描述 | 范围 | 参与团队 | 当前状态 | 有效之处 | 好的方面 |
      不好的方面 | 主要教训 | 经济损失 | 五个为什么 | 临时方案 | 已实施的方案 | 变更内容 | 附录 | 联系人 | 指标 | 历史记录 | 致谢 | 目标 | 前言 | 结语 | 故障等级 | 技术细节 | 恢复步骤 | 复现步骤 | 排查过程 | 安装步骤 |
      导致事故的步骤 | 攻击者的操作 | 用户操作 | 最近变更 | 导致故障的变更 | 计划维护 | 测试计划 | 沟通计划 | 已做工作 | 为什么没有避免 | 现有措施 | 现有监控 | 历史类似故障 | 后续影响`,
  },
  ko: {
    work: `
      액션 아이템 | 후속 조치 | 향후 계획 | 향후 대책 | 재발 방지 대책 | 재발 방지 방안 | 개선 사항 | 개선 방안 | 개선 계획 | 다음 단계 | 할 일 | 남은 작업 | 조치 계획 | 장기 대책 | 시정 조치 | 예방 조치 |
      실행 계획 | 후속 작업 | 앞으로의 계획 | 추가 조치 사항 | 향후 조치 사항 | 단기 대책 | 중기 대책 | 장기 조치 | 근본 대책 | 재발 방지를 위한 조치 | 해야 할 일 목록 | 생성된 티켓 | 개선 항목 | 개선할 점 |
      향후 개선 사항 | 후속 과제 | 조치 예정 사항 | 미완료 작업 | 조치 계획 및 담당자 | 보완 사항 | 보완 계획 | 추가 개선 사항 | 다음 스텝 | TODO 목록 | 개선 액션`,
    none: `
      해결 방법 | 해결 과정 | 조치 내용 | 임시 조치 | 영향 | 영향 범위 | 감지 | 배운 점 | 잘한 점 | 잘못한 점 | 아쉬운 점 | 운이 좋았던 점 | 타임라인 | 장애 타임라인 | 개요 | 요약 | 원인 | 근본 원인 | 원인 분석 |
      용어 | 참석자 | 참고 자료 | 결론 | 영향받은 서비스 | 증상 | 커뮤니케이션 | 무슨 일이 있었나 | 배경 | 대응 과정 | 복구 | 진단 | 조사 결과 | 증거 | 장애 경과 | 문제 설명 | 범위 | 대응 인원 | 현재 상태 |
      효과가 있었던 것 | 좋았던 점 | 나빴던 점 | 주요 교훈 | 금전적 피해 | 5 Whys 분석 | 임시 방편 | 적용된 해결책 | 변경 내역 | 부록 | 연락처 | 지표 | 이력 | 감사의 말 | 목표 | 서론 | 마치며 | 장애 등급 |
      기술적 세부 사항 | 복구 절차 | 재현 방법 | 설치 단계 | 장애로 이어진 과정 | 공격자의 행동 | 사용자 조작 | 최근 변경 | 원인이 된 변경 | 계획된 점검 | 테스트 계획 | 수행 작업 | 왜 막지 못했나 | 기존 대책 |
      기존 모니터링 | 과거 유사 장애 | 향후 영향`,
  },
  ru: {
    work: `
      План действий | Задачи | Дальнейшие шаги | Следующие шаги | Корректирующие действия | Корректирующие меры | Превентивные меры |
      Меры по предотвращению | Что будем делать | Что нужно сделать | Что делаем дальше | План работ | Запланированные улучшения |
      Задачи на будущее | Как избежать повторения | Экшн-айтемы | Экшены | Долгосрочные меры | Открытые задачи | Action items |
      Краткосрочные меры | Среднесрочные действия | Договорённости | План исправления | Что осталось сделать | Что дальше | Дорожная карта |
      Заведённые тикеты | Назначенные задачи | Меры, чтобы не повторилось | Как мы не допустим повторения | Действия и ответственные |
      Список задач | Незавершённые задачи | План улучшений | Контрмеры | Предупреждающие действия | Задачи по итогам | Действия по итогам |
      Мероприятия по устранению`,
    none: `
      Решение | Исправление | Устранение | Влияние | Влияние на пользователей | Обнаружение | Извлечённые уроки | Что прошло хорошо |
      Что пошло не так | Что сработало | Где повезло | Хронология | Таймлайн | Резюме | Краткое описание | Сопутствующие факторы |
      Принятые меры | Предпринятые действия | Глоссарий | Участники | Ссылки | Выводы | Затронутые сервисы | Симптомы | Коммуникация |
      Открытые вопросы | Что произошло | Причина | Корневая причина | Восстановление | Диагностика | Находки | Доказательства | Ход инцидента |
      Описание проблемы | Масштаб | Участвовали | Текущий статус | Что помогло | Хорошее | Плохое | Главные уроки | Финансовый ущерб |
      Анализ причины | Пять почему | Временное решение | Применённое решение | Внесённые изменения | Приложение | Контакты | Метрики | История |
      Благодарности | Цель | Введение | Выполненные действия | Шаги установки | Шаги, приведшие к инциденту | Действия атакующего |
      Действия пользователя | Последние изменения | Изменение, вызвавшее инцидент | Плановые работы | План тестирования | План коммуникации |
      Выполненные работы | Почему не предотвратили | Можно ли было избежать | Существующие меры | Похожие инциденты в прошлом`,
  },
  tr: {
    work: `
      Aksiyonlar | Aksiyon maddeleri | Aksiyon planı | Eylem planı | Sonraki adımlar | Yapılacaklar | Alınacak önlemler | Önleyici faaliyetler |
      Düzeltici faaliyetler | İyileştirme planı | Planlanan iyileştirmeler | Takip aksiyonları | Uzun vadeli çözümler | Tekrarını önlemek için |
      Neler yapacağız | Açık işler | Alınacak aksiyonlar | Kısa vadeli aksiyonlar | Orta vadeli önlemler | Kararlaştırılan aksiyonlar |
      Düzeltme planı | Yapılması gerekenler | Geriye kalan işler | Bundan sonra | Açılan ticketlar | Atanan görevler |
      Tekrarlanmaması için önlemler | Aksiyonlar ve sorumlular | Görev listesi | Açık aksiyonlar | Planlanan aksiyonlar | Önleyici aksiyonlar |
      İyileştirme aksiyonları | Takip edilecek işler | Karşı önlemler`,
    none: `
      Çözüm | Uygulanan çözüm | Etki | Tespit | Çıkarılan dersler | Neler iyi gitti | Neler kötü gitti | Nerede şanslıydık | Zaman çizelgesi |
      Özet | Katkıda bulunan faktörler | Alınan önlemler | Yapılan işlemler | Sözlük | Katılımcılar | Kaynaklar | Sonuç | Etkilenen servisler |
      Belirtiler | İletişim | Açık sorular | Ne oldu | Kök neden | Arka plan | Teşhis | Bulgular | Kanıtlar | Olay akışı | Problem tanımı |
      Kapsam | İlgili ekip | Mevcut durum | Neler işe yaradı | İyi olanlar | Kötü olanlar | Başlıca dersler | Mali etki | Kök neden analizi |
      Beş neden | Geçici çözüm | Yapılan değişiklikler | Ekler | İletişim bilgileri | Metrikler | Geçmiş | Teşekkürler | Amaç | Giriş`,
  },
  no: {
    work: `
      Tiltak | Tiltaksliste | Tiltaksplan | Handlingsplan | Neste steg | Videre arbeid | Videre tiltak | Oppfølging | Oppfølgingspunkter |
      Korrigerende tiltak | Forebyggende tiltak | Forbedringstiltak | Planlagte tiltak | Langsiktige tiltak | Gjenstående oppgaver |
      Hva gjør vi videre | Hvordan unngår vi at det skjer igjen | Aksjonspunkter | Å gjøre | Kortsiktige tiltak | Tiltak på mellomlang sikt |
      Avtaler | Det vi ble enige om | Utbedringsplan | Hva gjenstår | Gjenstår | Opprettede saker | Tildelte oppgaver |
      Tiltak for å unngå gjentakelse | Tiltak og ansvarlige | Åpne oppgaver | Planlagte forbedringer | Oppgaveliste | Mottiltak |
      Nødvendige tiltak | Veien videre`,
    none: `
      Løsning | Konsekvenser | Oppdagelse | Lærdommer | Hva gikk bra | Hva gikk dårlig | Hvor hadde vi flaks | Tidslinje | Hendelsesforløp |
      Sammendrag | Medvirkende faktorer | Utførte tiltak | Iverksatte tiltak | Ordliste | Deltakere | Referanser | Konklusjon |
      Berørte tjenester | Symptomer | Kommunikasjon | Åpne spørsmål | Hva skjedde | Årsak | Bakgrunn | Gjenoppretting | Diagnose | Funn | Bevis |
      Forløp | Problembeskrivelse | Omfang | Involverte | Nåværende status | Hva fungerte | Det gode | Det dårlige | Viktigste lærdommer |
      Økonomisk tap | Rotårsaksanalyse | Fem hvorfor | Midlertidig løsning | Valgt løsning | Gjennomførte endringer | Vedlegg | Kontakter |
      Måltall | Historikk | Takk | Mål | Innledning`,
  },
};
