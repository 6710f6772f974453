/**
 * The rules of `default-rules.ts` for centres that work in English: the same conditions, ids and figures, other words. What
 * signs show stays German: it speaks to drivers around Duisburg, not to operators.
 */
export const ENGLISH_RULES = `# Measures for incidents on the motorways around Duisburg.
# Rules propose; nothing is sent until somebody clicks in the console, except with "automatic: true".
# Signs speak to those who drive here, and so in German. Placeholders: {road} {direction} {km} {place} {title} {blocked} {lanes}
version: 1
rules:
  - id: stauende
    when:
      kinds: [queue-end, congestion]
      roads: [A3, A40, A42, A57, A59]
    propose:
      - id: fahrzeuge
        kind: vehicle-message
        title: Warn vehicles of the end of the queue
        text: "End of queue ahead (DENM 27), 2 km before it, 30 min"
        causeCode: 27
        upstreamM: 2000
        validityS: 1800
        reason: The queue ends at {place}; whoever comes fast sees it late.
        effect: Connected vehicles brake earlier; there are fewer emergency brakings at the end of the queue.
        target: Connected vehicles on {road} towards {direction}, 2 km before the end of the queue
      - id: tempo
        kind: speed-limit
        title: Lower the speed before the end of the queue
        kmph: 80
        reason: The difference in speed at the end of a queue is the most frequent cause of rear-end crashes.
        effect: Traffic arrives at the end of the queue more slowly and evenly.
        target: Gantries on {road} towards {direction}, 1 to 2 km before km {km}
      - id: schild
        kind: sign-text
        title: Show a queue warning
        lines: ["STAU", "{road} km {km}"]
        reason: Vehicles without radio must know of the end of the queue as well.
        effect: All vehicles are warned.
        target: Text signs on {road} towards {direction} before km {km}

  - id: fahrstreifen-gesperrt
    when:
      types: [crash, stall, hazard]
      blockedLanes: 1
    propose:
      - id: zeichen
        kind: lane-signal
        title: Show closed lanes
        signals: from-lanes
        reason: "{blocked} of {lanes} lanes are blocked ({place})."
        effect: Traffic changes lanes before the place instead of beside it; those who help are protected.
        target: Lane signals on {road} towards {direction} before km {km}
      - id: tempo
        kind: speed-limit
        title: Lower the speed before the place
        kmph: 60
        reason: On the free lanes traffic passes people and vehicles.
        effect: Fewer secondary crashes.
        target: Gantries on {road} towards {direction}, 500 m before km {km}
      - id: fahrzeuge
        kind: vehicle-message
        title: Warn vehicles of the obstacle
        text: "Obstacle on the road (DENM 94), 1.5 km before it, 30 min"
        causeCode: 94
        upstreamM: 1500
        validityS: 1800
        reason: A standing obstacle in the lane ({place}).
        effect: Connected vehicles change lanes early.
        target: Connected vehicles on {road} towards {direction}, 1.5 km before the place
      - id: betreiber
        kind: inform
        title: Inform the road operator
        agency: road-operator
        reason: Securing and clearing the place are the operator's task.
        effect: Protection is on its way before anybody calls.
        target: Motorway maintenance depot

  - id: unfall
    when:
      types: [crash]
    propose:
      - id: polizei
        kind: dispatch
        title: Request the police
        agency: police
        resource: Motorway police patrol
        reason: Accident at {place}.
        effect: Recording and securing begin.
        target: Motorway police
      - id: rettung
        kind: inform
        title: Inform the rescue service
        agency: rescue
        reason: In an accident people must be expected to be hurt until somebody reports otherwise.
        effect: They come without a detour, knowing place and direction.
        target: Rescue control centre Duisburg

  - id: vollsperrung
    when:
      allBlocked: true
    propose:
      - id: umleitung
        kind: detour
        title: Set a detour
        route: "Signed diversion from the last junction before km {km}, {road} towards {direction}"
        reason: No lane is free ({place}).
        effect: Fewer vehicles in the closure; the queue grows more slowly.
        target: Variable direction signs on {road} towards {direction}
      - id: schild
        kind: sign-text
        title: Show the closure
        lines: ["{road} GESPERRT", "UMLEITUNG FOLGEN"]
        reason: Whoever can still leave shall know of it.
        effect: Vehicles leave the motorway before the closure.
        target: Text signs on {road} towards {direction} and at the interchanges before
      - id: stadt
        kind: inform
        title: Inform the neighbouring city
        agency: neighbouring-city
        reason: The detour leads through its network.
        effect: Signal programmes can be adapted.
        target: Traffic control centre of the neighbouring city

  - id: hafen
    when:
      roads: [A40, A59, A42]
      severity: major
    propose:
      - id: hafen
        kind: inform
        title: Inform the port
        agency: port
        reason: The approaches to the port are affected ({place}).
        effect: Lorries are held back in the port instead of on the motorway.
        target: Control room of the port

  - id: falschfahrer
    when:
      kinds: [wrong-way]
    propose:
      - id: fahrzeuge
        kind: vehicle-message
        title: Warn of the wrong-way driver
        text: "Wrong-way driver (DENM 14), 5 km before the place, 10 min"
        causeCode: 14
        upstreamM: 5000
        validityS: 600
        reason: A vehicle comes the wrong way ({place}).
        effect: Vehicles drive slowly and keep right until it has passed.
        target: Connected vehicles on {road}, 5 km before the place
      - id: schild
        kind: sign-text
        title: Warn of the wrong-way driver
        lines: ["FALSCHFAHRER", "RECHTS FAHREN", "NICHT ÜBERHOLEN"]
        reason: Every minute counts.
        effect: All vehicles are warned.
        target: All signs on {road}
      - id: polizei
        kind: dispatch
        title: Request the police
        agency: police
        resource: All patrols available
        reason: Danger to life.
        effect: The wrong-way driver is stopped.
        target: Motorway police

  - id: personen
    when:
      kinds: [person-on-road, animal-on-road, obstacle]
    propose:
      - id: tempo
        kind: speed-limit
        title: Lower the speed
        kmph: 60
        reason: There is something on the road that nobody expects ({place}).
        effect: Shorter stopping distances.
        target: Gantries on {road} towards {direction}, 2 km before km {km}
      - id: polizei
        kind: dispatch
        title: Request the police
        agency: police
        resource: Motorway police patrol
        reason: The road must be cleared.
        effect: Securing and clearing.
        target: Motorway police

  - id: wetter
    when:
      kinds: [slippery-road, reduced-visibility, heavy-precipitation, extreme-weather]
    propose:
      - id: tempo
        kind: speed-limit
        title: Adapt the speed to the weather
        kmph: 80
        reason: Grip or sight is poor ({place}).
        effect: Fewer accidents in wet, ice and fog.
        target: Gantries on {road}
      - id: betreiber
        kind: inform
        title: Inform the road operator
        agency: road-operator
        reason: Gritting or closing is the operator's task.
        effect: Winter service goes straight to the place.
        target: Motorway maintenance depot
`;
