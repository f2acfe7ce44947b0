// What a piece of text says of a state.
({
  ons: "on|yes|enabled|active|activated|(?:turned|switched) on|ein|an|aktiv|aktiviert|eingeschaltet|ja|oui|activée?|sí|activad[oa]|sì|attiv[oa]|attivat[oa]|aan|ingeschakeld|ligado|ativad[oa]|på|włączon[eay]|オン|开启|已开启|تشغيل|вкл(?:ючено)?|ymlaen",
  offs: "off|no|disabled|inactive|deactivated|(?:turned|switched) off|not (?:on|active|activated|enabled|in (?:effect|use|force))|aus|inaktiv|deaktiviert|ausgeschaltet|nicht aktiv|nein|non|désactivée?|inacti(?:f|ve)|desactivad[oa]|disattivat[oa]|spent[oa]|uit|uitgeschakeld|desligado|desativad[oa]|av|wyłączon[eay]|オフ|关闭|已关闭|إيقاف|выкл(?:ючено)?|(?:i|wedi) ?(?:ffwrdd|diffodd)|(?:noch |zurzeit |derzeit )?nicht aktiv",
  // Words of which one in a short line says that the control may not be what counts: it is off, or for some only.
  denies: /(?<![\p{L}\p{N}])(?:off|disabled|superseded|inactive|deactivated|paused|suspended|snoozed|overridden|overruled|overwritten|bypassed|inherited|ignored|locked|unavailable|expired|ended|pending|waiting|partly|partially|unverified|not (?:set up|active|available|applied|working|in use|in effect|yet|enabled|enforced|verified|supported)|no longer|for (?:some|\d+) of|different on|only (?:works|available|applies)|needs an?|requires?|deaktiviert|ausgeschaltet|pausiert|ohne wirkung|keine wirkung|désactivée?|suspendue?|sans effet|desactivad[oa]|en pausa|pausad[oa]|sospeso|disattivat[oa]|gepauzeerd|uitgeschakeld)(?![\p{L}\p{N}]|[-‑]\p{L})/iu,
  affirms: /(?<![\p{L}\p{N}])(?:(?:turned|switched) on|enabled|activated|aktiviert|eingeschaltet|activée?|activad[oa]|attivat[oa]|ingeschakeld)(?![\p{L}\p{N}])/iu,
  turnsOn: /^(?:turn (?:it |this )?on|switch (?:it )?on|enable|activate|resume|unpause|einschalten|aktivieren|activer|activar|attiva)$/i,
  turnsOff: /^(?:turn (?:it |this )?off|switch (?:it )?off|disable|deactivate|pause|ausschalten|deaktivieren|désactiver|desactivar|disattiva)$/i,
  unsure: /^(?:paused|pending|suspended|expired|on hold|scheduled|coming soon|not yet|pausiert|en pause)(?=$|\s*[.,:;(–—-]|\s(?:by|for|until|since|your|approval|review|active|applied|in effect)\b)|^(?:starts?|begins?|takes effect|from) (?:on|in|at(?! once)|tomorrow|soon|next|\d)|^(?:on|an) (?:for|in) (?:some|only|\d)|^(?:preview|example|sample|demo|illustration|beispiel|exemple|ejemplo|esempio)(?:$|[.:–—-]| mode\b)|\b(?:not (?:currently )?in (?:effect|force)|has no effect|does not apply)\b/i,
  either: /\bon(?:\s*[/|]\s*|\s+(?:or|and)\s+)off\b/i,
  advises: /\b(?:if|when|whenever|while|whether|unless|default|recommend(?:ed)?|turn(?:ing)? (?:it |this )?(?:on|off)|wenn|falls|standard|lorsque|si|cuando)\b/i,
  // A word that it is off, at the beginning, which denies whatever follows; and one that something in its row has ended.
  stops: /^(?:(?:(?:turned |switched )?off|disabled|inactive|deactivated|(?:not|isn['’]t|aren['’]t)(?: yet| currently)? (?:on|active|activated|enabled)(?: yet)?)(?!(?: \w+)? by default)(?=$|\s*[.,;:!)(–—]|\s(?:while|if|when|whenever|unless|until|because|since|as|due|during|at|here|now|today|temporarily|pending)\b)|(?:has|have) been (?:turned|switched) off\b)/i,
  halts: /^(?:stopped|blocked|failed|cancell?ed|rejected|refused|declined|revoked|ended)(?=$|\s*[.!–—]|\s(?:while|until|because|due|since|by (?:your|the)|temporarily|for (?:your|this)|on your|in your)\b)/i,
  // What somebody has done to it.
  done: /\b(?:(?:turned|switched) (?:this|it|that|them|these)(?: (?:settings?|features?|options?|all))? (?<how>off|on)|(?:turned|switched) (?<what>off|on) (?:this|it|that|them|these)|(?:disabled|deactivated|paused|suspended|overridden|overruled|overwritten|bypassed) (?:this|it|that|them|these))\b/i,
  anyone: /\b(?:who|whoever|anyone|people|others|can|could|may|might|never|not)\b/i,
  // When it comes to be so, which is not now; and what keeps it from being so.
  later: /^(?:(?:this|it|(?:the|a|your) change|change) )?(?:(?:will (?:only )?)?(?:(?:re)?starts?|begins?|commences?|resumes?|(?:re)?activates?|appl(?:y|ies)|takes? effect|goes? live|becomes? active|comes? into (?:effect|force)|effective|turns? (?:itself )?(?:on|off)|be (?:turned|switched) (?:on|off)) (?:(?:on|in|at|from|as of|after) )?(?:\d|tomorrow|soon|next|later|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:january|february|march|april|may|june|july|august|september|october|november|december)\b)|will (?:only )?(?:start|begin|take effect|come into (?:effect|force)|be (?:turned|switched) on) (?:on|in|at|from|after|once|when|with)\b)|^(?:scheduled|planned) (?:for|to|on)\b|\b(?:changes?|(?:this|it|setting) (?:is|was|has been)) (?:(?:is|are|has been|have been) )?scheduled\b/i,
  withheld: /^(?:awaiting|waiting (?:for|on)|subject to approval|(?:superseded|overridden|overruled|overwritten|bypassed|replaced|ignored|revoked|cancell?ed|vetoed|reversed|undone) (?:by|while|as|in|on|for))\b|\bnot (?:currently |yet )?(?:enforced|honou?red)\b|[:–—]\s*(?:paused|pending|suspended|expired|on hold|not yet)(?: (?:until|by|for) .{0,40})?$/i,
  // That it is kept where the person does not look: in this browser, which is never theirs.
  local: /^(?:(?:this|it|these|they|your|the)(?: (?:settings?|choices?|options?|preferences?|controls?|changes?))? (?:is |are |will be )?)?(?:only |just )?(?:appl(?:y|ies)|saved|stored|kept|remembered|works?|valid|counts?|affects) (?:only |just )?(?:to |on |in |for |with )?this (?:browser|device|computer|phone|tablet|window|tab)\b(?! and\b)|\bthis (?:browser|device|computer|phone|tablet) only\b|\b(?:only|just) (?:on|in|for|to) this (?:browser|device|computer|phone|tablet|window|tab)\b|^(?:on|in|for) this (?:browser|device|computer|phone|tablet)$|^(?:gilt|gespeichert) (?:nur )?(?:für|auf|in) diese[mnrs]? (?:browser|gerät)/i,
  // A text without what nobody sees in it: the places at which a word may be parted, and what joins letters.
  joined(text) { return text.normalize("NFC").replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/gu, ""); },
  // What a piece of text says of a state: on, off, or that neither is sure; nothing where it only advises. Of a long one
  // the beginning counts, where it is a sentence of its own, and a later sentence that says how it is.
  said(text) {
    const later = this.joined(text).split(/(?<=[.!?])\s+/u).slice(1).filter((sentence) => this.isNowSo.test(sentence));
    return this.saidFirst(text) || later.map((sentence) => this.saidFirst(sentence)).find(Boolean) || "";
  },
  isNowSo: /^(?:it(?: is|['’]s| has)|this (?:(?:setting|option|feature) )?(?:is|has)|currently|right now|now|status)\b/i,
  saidFirst(text) {
    const whole = this.joined(text).replace(/^[^\p{L}\p{N}]+/u, "").replace(/[^\p{L}\p{N}.!]+$/u, "");
    const lead = /^(?:(?:it(?: is|['’]s)|this is|is|are|currently|now|right now|state|status|temporarily|vorübergehend|aktuell|derzeit|actuellement)[:\s]+)*/i;
    const ways = [whole, whole.replace(lead, "")], fits = (kind) => ways.some((one) => kind.test(one));
    if ([this.unsure, this.later, this.withheld, this.local].some(fits)) return "unsure";
    if (fits(this.stops)) return "off";
    const long = whole.length > 90 || this.advises.test(whole), done = this.done.exec(whole);
    if (done && !this.advises.test(whole) && !this.anyone.test(whole.slice(0, done.index))) return done.groups.how ?? done.groups.what ?? "off";
    const words = (long ? /^[^.;!–—(]+/.exec(whole)?.[0].trim() ?? "" : whole).replace(lead, "");
    if (long && (words.length > 40 || this.advises.test(words))) return "";
    const end = "(?=$|\\s*[.,;:!)(]|\\s[–—-]\\s|\\s(?:by|for|until|since|because|due|as|durch|von|bis|seit|par|jusqu)\\b)";
    const says = (list) => new RegExp(`^(?:${list})${end}`, "iu").test(words) || new RegExp(`(?:[:–—=]\\s*|\\b(?:is|are|currently|now|ist|est)\\s)(?:${list})[.!\\s]*$`, "iu").test(words);
    const off = says(this.offs), on = says(this.ons);
    return off === on ? (off ? "unsure" : "") : off ? "off" : "on";
  },
  // What a short line of its row says of a control, also where the word that says it stands anywhere in the line.
  hinted(text) {
    const said = this.said(text), clause = /^[^.;!(]+/.exec(this.joined(text).trim())?.[0] ?? "";
    if (this.halts.test(clause)) return "off";
    if (said || this.advises.test(clause) || this.either.test(clause) || clause.split(/\s+/).length > 8) return said;
    return this.denies.test(clause) ? "off" : this.affirms.test(clause) ? "on" : "";
  },
})
