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
      Action Items | Actions | Action points | Action plan | Follow-ups | Follow up tasks | Next actions |
      Corrective actions | Preventive actions | Preventative measures | Prevention | Remediation | Remediation plan |
      Remediation items | Improvement actions | Planned improvements | Improvements to make | Long-term fixes |
      Long term solution | Outstanding work | Outstanding action items | To be done | Things to do |
      What we will do | What we're changing | What we are going to change | How we'll prevent this |
      How we will stop this happening again | Preventing recurrence | Recurrence prevention | Repair items |
      Work items | Tickets filed | Future work | Future improvements | Planned work | Our plan | The plan |
      Going forward | Moving forward | Where we go from here | Next steps & owners | Actionables | Action register |
      CAPA | Post-incident actions | Steps to prevent recurrence | Measures to prevent recurrence | Commitments |
      Who does what | Remaining work | Outstanding tasks | Engineering follow-ups | Process follow-ups |
      Things we will fix | What's next | Up next | Fixes planned | Agreed actions | Hardening tasks |
      What needs to happen next | Work to be done`,
    none: `
      Resolution | Fix | The fix | Fix applied | Mitigation | Impact | Customer impact | Detection |
      Lessons learned | What went well | What went poorly | What went wrong | What could have gone better |
      Where we got lucky | Timeline | Summary | Executive summary | Contributing factors | Actions taken |
      Steps taken | Immediate actions taken | What we did | How we fixed it | Response | Incident response |
      Glossary | Attendees | References | Conclusion | Affected services | Symptoms | Communication |
      Open questions | What happened | Why it happened | Root cause | Trigger | Background | Recovery |
      Recovery steps | Workaround | Files changed | Verification | Testing | Deployment | Rollback | Metrics |
      Success criteria | FAQ | Appendix | Acknowledgements | Related incidents | Known issues | Limitations | Risks |
      Assumptions | Scope | Key takeaways | Observations | Analysis | Technical details | Reproduction steps |
      How to reproduce | Steps to reproduce | Alternatives considered | What we learned | Debugging process |
      Investigation | Before / after | Configuration | Architecture | Environment`,
  },
  es: {
    work: `
      Elementos de acción | Acciones pendientes | Acciones a seguir | Plan de acción | Siguientes pasos |
      Pasos a seguir | Próximas acciones | Acciones correctivas | Acciones preventivas | Medidas preventivas |
      Medidas a futuro | Acciones de mejora | Plan de mejora | Mejoras a implementar | Soluciones a largo plazo |
      Tareas pendientes | Pendientes | Seguimiento | Cómo evitaremos que vuelva a ocurrir |
      Qué haremos para evitarlo | Acciones a largo plazo | Trabajo pendiente | Tareas de seguimiento |
      Compromisos adquiridos | Acciones definidas | Medidas propuestas | Medidas para evitar recurrencia |
      Mejoras propuestas | Acciones acordadas en la reunión | Qué vamos a cambiar`,
    none: `
      Resolución | Solución aplicada | Corrección aplicada | Mitigación | Impacto en los clientes | Detección |
      Lecciones aprendidas | Qué salió bien | Qué salió mal | Qué se puede mejorar | Dónde tuvimos suerte |
      Cronología | Línea temporal | Resumen ejecutivo | Factores contribuyentes | Acciones tomadas |
      Medidas adoptadas | Acciones realizadas | Respuesta inmediata | Glosario | Participantes | Referencias |
      Conclusiones | Servicios afectados | Síntomas | Comunicación | Preguntas abiertas | Qué ocurrió |
      Por qué ocurrió | Pasos de recuperación | Causa del incidente | Antecedentes`,
  },
  pt: {
    work: `
      Itens de ação | Ações pendentes | Ações a tomar | Plano de ação | Próximos passos | Próximas ações |
      Ações corretivas | Ações preventivas | Medidas preventivas | Ações de melhoria | Plano de melhoria |
      Melhorias a implementar | Soluções de longo prazo | Tarefas pendentes | Pendências | Acompanhamento |
      Como evitaremos que aconteça novamente | O que faremos para evitar | Ações de longo prazo |
      Tarefas de acompanhamento | Ações definidas | Medidas propostas | Medidas para evitar recorrência |
      Melhorias propostas | O que vamos mudar | Itens de acompanhamento | Encaminhamentos | Ações de acompanhamento`,
    none: `
      Resolução | Solução aplicada | Correção aplicada | Mitigação | Impacto nos clientes | Detecção |
      Lições aprendidas | O que deu certo | O que deu errado | O que pode melhorar | Onde tivemos sorte |
      Cronologia | Linha do tempo | Resumo executivo | Fatores contribuintes | Ações tomadas | Medidas adotadas |
      Ações realizadas | Resposta imediata | Glossário | Participantes | Referências | Conclusões |
      Serviços afetados | Sintomas | Comunicação | Perguntas em aberto | O que aconteceu | Por que aconteceu |
      Passos de recuperação | Pontos fortes | Pontos fracos`,
  },
  fr: {
    work: `
      Actions à mener | Actions à entreprendre | Actions en cours | Plan d'action | Plan d'actions |
      Prochaines étapes | Prochaines actions | Actions correctives | Actions préventives | Mesures préventives |
      Mesures correctives | Actions d'amélioration | Plan d'amélioration | Améliorations à apporter |
      Améliorations prévues | Solutions à long terme | Tâches restantes | Reste à faire | Suivi |
      Comment éviter que cela se reproduise | Ce que nous allons faire | Actions à long terme | Mesures à prendre |
      Actions de suivi | Mesures envisagées | Mesures pour éviter la récidive | Points d'action |
      Ce qu'on va changer | Actions décidées | Suite à donner`,
    none: `
      Résolution | Solution appliquée | Correctif appliqué | Corrections apportées | Atténuation | Impact client |
      Détection | Leçons apprises | Enseignements | Ce qui a bien fonctionné | Ce qui a mal fonctionné |
      Points positifs | Points négatifs | Chronologie | Déroulé des événements | Résumé | Facteurs contributifs |
      Actions menées | Mesures prises | Réponse immédiate | Glossaire | Participants | Références | Conclusion |
      Services affectés | Symptômes | Communication | Questions ouvertes | Que s'est-il passé | Pourquoi |
      Étapes de rétablissement | Cause racine`,
  },
  de: {
    work: `
      Maßnahmen | Maßnahmenplan | Aktionspunkte | Offene Punkte | Offene Aufgaben | Nächste Schritte |
      Weitere Schritte | Korrekturmaßnahmen | Präventive Maßnahmen | Vorbeugende Maßnahmen | Verbesserungsmaßnahmen |
      Geplante Maßnahmen | Langfristige Maßnahmen | Was wir ändern | Was wir tun werden |
      Wie wir das künftig verhindern | Folgeaufgaben | Handlungsbedarf | Todos | Ausstehende Aufgaben |
      Geplante Verbesserungen | Abgeleitete Maßnahmen | Folgemaßnahmen | Aufgabenliste`,
    none: `
      Behebung | Lösung | Auswirkungen | Erkennung | Gelernte Lektionen | Erkenntnisse | Was lief gut |
      Was lief schlecht | Wo wir Glück hatten | Zeitlicher Ablauf | Zeitleiste | Zusammenfassung |
      Beitragende Faktoren | Ergriffene Maßnahmen | Durchgeführte Maßnahmen | Glossar | Beteiligte | Referenzen |
      Fazit | Betroffene Systeme | Symptome | Kommunikation | Offene Fragen | Was ist passiert | Ursache |
      Hintergrund | Wiederherstellung | Abhilfe`,
  },
  it: {
    work: `
      Azioni | Piano d'azione | Prossimi passi | Prossime azioni | Azioni correttive | Azioni preventive |
      Misure preventive | Azioni di miglioramento | Piano di miglioramento | Miglioramenti previsti |
      Attività in sospeso | Attività da svolgere | Da fare | Cosa faremo | Come evitare che si ripeta |
      Azioni a lungo termine | Azioni di follow-up | Interventi previsti | Misure da adottare | Azioni pianificate`,
    none: `
      Risoluzione | Soluzione applicata | Correzione applicata | Mitigazione | Impatto | Rilevamento |
      Lezioni apprese | Cosa è andato bene | Cosa è andato male | Dove siamo stati fortunati | Cronologia |
      Riepilogo | Fattori contribuenti | Azioni intraprese | Misure adottate | Risposta immediata | Glossario |
      Partecipanti | Riferimenti | Conclusioni | Servizi coinvolti | Sintomi | Comunicazione | Domande aperte |
      Cosa è successo | Causa | Ripristino`,
  },
  nl: {
    work: `
      Acties | Actiepunten | Actieplan | Actielijst | Vervolgstappen | Vervolgacties | Volgende stappen |
      Openstaande acties | Openstaande punten | Corrigerende maatregelen | Preventieve maatregelen | Verbeteracties |
      Verbeterplan | Geplande verbeteringen | Langetermijnmaatregelen | Te doen | Taken |
      Hoe voorkomen we dit in de toekomst | Wat gaan we doen | Te nemen maatregelen | Maatregelen`,
    none: `
      Oplossing | Toegepaste oplossing | Impact | Detectie | Geleerde lessen | Wat ging goed | Wat ging fout |
      Wat ging er mis | Waar hadden we geluk | Tijdlijn | Samenvatting | Bijdragende factoren | Genomen maatregelen |
      Genomen acties | Directe respons | Woordenlijst | Aanwezigen | Referenties | Conclusie | Getroffen systemen |
      Symptomen | Communicatie | Open vragen | Wat is er gebeurd | Oorzaak | Herstel`,
  },
  ja: {
    work: `
      アクションアイテム | 対応策 | 今後の対策 | 再発防止策 | 再発防止に向けて | 改善策 | 改善アクション | 次のアクション | ネクストアクション | 今後の対応 | 今後の予定 | 残タスク | 残課題 |
      TODO | やること | 恒久対策 | 是正措置 | 予防策 | フォローアップ | 対策案 | 次回アクション | 今後の取り組み | 改善計画 | アクションプラン`,
    none: `
      解決策 | 対応内容 | 暫定対応 | 緩和策 | 影響 | 影響範囲 | 検知 | 学んだこと | 良かった点 | 悪かった点 | うまくいったこと | 運が良かったこと | タイムライン | 時系列 | 概要 |
      要因 | 実施した対応 | 用語集 | 参加者 | 参考資料 | まとめ | 影響を受けたサービス | 症状 | 連絡 | 未解決の疑問 | 何が起きたか | 原因 | 経緯 | 所感 | 背景`,
  },
  zh: {
    work: `
      行动项 | 改进措施 | 后续行动 | 后续计划 | 后续工作 | 下一步计划 | 下一步行动 | 待办事项 | 整改措施 | 整改计划 | 预防措施 | 纠正措施 | 改进计划 | 改进方案 | 长期方案 |
      长期改进 | 跟进事项 | 如何避免再次发生 | 防止再发措施 | 优化措施 | 遗留问题 | TODO | 行动计划 | 待改进项`,
    none: `
      解决方案 | 解决过程 | 处理过程 | 修复方案 | 影响范围 | 故障影响 | 发现方式 | 经验教训 | 做得好的地方 | 做得不好的地方 | 幸运的地方 | 时间线 | 故障时间线 | 概述 | 故障概述 |
      影响因素 | 已采取措施 | 应急处理 | 术语 | 参与人员 | 参考资料 | 总结 | 受影响的服务 | 故障现象 | 沟通 | 问题 | 发生了什么 | 根因 | 根因分析 | 背景`,
  },
  ko: {
    work: `
      액션 아이템 | 후속 조치 | 향후 계획 | 향후 대책 | 재발 방지 대책 | 재발 방지 방안 | 개선 사항 | 개선 방안 | 개선 계획 | 다음 단계 | 할 일 | 남은 작업 | 조치 계획 |
      장기 대책 | 시정 조치 | 예방 조치 | 실행 계획 | 후속 작업 | 앞으로의 계획 | 추가 조치 사항 | 향후 조치 사항`,
    none: `
      해결 방법 | 해결 과정 | 조치 내용 | 임시 조치 | 영향 | 영향 범위 | 감지 | 배운 점 | 잘한 점 | 잘못한 점 | 아쉬운 점 | 운이 좋았던 점 | 타임라인 | 장애 타임라인 |
      개요 | 요약 | 원인 | 근본 원인 | 원인 분석 | 용어 | 참석자 | 참고 자료 | 결론 | 영향받은 서비스 | 증상 | 커뮤니케이션 | 무슨 일이 있었나 | 배경 | 대응 과정 | 복구`,
  },
  ru: {
    work: `
      План действий | Задачи | Дальнейшие шаги | Следующие шаги | Корректирующие действия | Корректирующие меры |
      Превентивные меры | Меры по предотвращению | Что будем делать | Что нужно сделать | Что делаем дальше |
      План работ | Запланированные улучшения | Задачи на будущее | Как избежать повторения | Экшн-айтемы | Экшены |
      Долгосрочные меры | Открытые задачи | Action items`,
    none: `
      Решение | Исправление | Устранение | Влияние | Влияние на пользователей | Обнаружение | Извлечённые уроки |
      Что прошло хорошо | Что пошло не так | Что сработало | Где повезло | Хронология | Таймлайн | Резюме |
      Краткое описание | Сопутствующие факторы | Принятые меры | Предпринятые действия | Глоссарий | Участники |
      Ссылки | Выводы | Затронутые сервисы | Симптомы | Коммуникация | Открытые вопросы | Что произошло | Причина |
      Корневая причина | Восстановление`,
  },
  tr: {
    work: `
      Aksiyonlar | Aksiyon maddeleri | Aksiyon planı | Eylem planı | Sonraki adımlar | Yapılacaklar |
      Alınacak önlemler | Önleyici faaliyetler | Düzeltici faaliyetler | İyileştirme planı |
      Planlanan iyileştirmeler | Takip aksiyonları | Uzun vadeli çözümler | Tekrarını önlemek için |
      Neler yapacağız | Açık işler | Alınacak aksiyonlar`,
    none: `
      Çözüm | Uygulanan çözüm | Etki | Tespit | Çıkarılan dersler | Neler iyi gitti | Neler kötü gitti |
      Nerede şanslıydık | Zaman çizelgesi | Özet | Katkıda bulunan faktörler | Alınan önlemler | Yapılan işlemler |
      Sözlük | Katılımcılar | Kaynaklar | Sonuç | Etkilenen servisler | Belirtiler | İletişim | Açık sorular |
      Ne oldu | Kök neden | Arka plan`,
  },
  no: {
    work: `
      Tiltak | Tiltaksliste | Tiltaksplan | Handlingsplan | Neste steg | Videre arbeid | Videre tiltak | Oppfølging |
      Oppfølgingspunkter | Korrigerende tiltak | Forebyggende tiltak | Forbedringstiltak | Planlagte tiltak |
      Langsiktige tiltak | Gjenstående oppgaver | Hva gjør vi videre | Hvordan unngår vi at det skjer igjen |
      Aksjonspunkter | Å gjøre`,
    none: `
      Løsning | Konsekvenser | Oppdagelse | Lærdommer | Hva gikk bra | Hva gikk dårlig | Hvor hadde vi flaks |
      Tidslinje | Hendelsesforløp | Sammendrag | Medvirkende faktorer | Utførte tiltak | Iverksatte tiltak |
      Ordliste | Deltakere | Referanser | Konklusjon | Berørte tjenester | Symptomer | Kommunikasjon |
      Åpne spørsmål | Hva skjedde | Årsak | Bakgrunn | Gjenoppretting`,
  },
};
