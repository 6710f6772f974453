/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

const $root = $protobuf.roots["default"] || ($protobuf.roots["default"] = {});

export const roadpulse = $root.roadpulse = (() => {

    const roadpulse = {};

    roadpulse.stream = (function() {

        const stream = {};

        stream.v1 = (function() {

            const v1 = {};

            v1.IngestFrame = (function() {

                const IngestFrame = function (p) {
                    this.items = [];
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                IngestFrame.prototype.base_time_unix_ms = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                IngestFrame.prototype.frame_seq = 0;
                IngestFrame.prototype.items = $util.emptyArray;
                IngestFrame.prototype.hello = null;
                IngestFrame.prototype.schema_minor = 0;
                IngestFrame.prototype.want_receipt = false;
                IngestFrame.prototype.subscribe = null;
                IngestFrame.prototype.unsubscribe = null;
                IngestFrame.prototype.authenticate = null;
                IngestFrame.prototype.want_durable_receipt = false;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(IngestFrame.prototype, "_hello", {
                    get: $util.oneOfGetter($oneOfFields = ["hello"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(IngestFrame.prototype, "_subscribe", {
                    get: $util.oneOfGetter($oneOfFields = ["subscribe"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(IngestFrame.prototype, "_unsubscribe", {
                    get: $util.oneOfGetter($oneOfFields = ["unsubscribe"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(IngestFrame.prototype, "_authenticate", {
                    get: $util.oneOfGetter($oneOfFields = ["authenticate"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                IngestFrame.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.base_time_unix_ms != null && $Object.hasOwnProperty.call(m, "base_time_unix_ms") && (typeof m.base_time_unix_ms === "object" ? m.base_time_unix_ms.low || m.base_time_unix_ms.high : m.base_time_unix_ms !== 0))
                        w.uint32(8).uint64(m.base_time_unix_ms);
                    if (m.frame_seq != null && $Object.hasOwnProperty.call(m, "frame_seq") && m.frame_seq !== 0)
                        w.uint32(16).uint32(m.frame_seq);
                    if (m.items != null && m.items.length) {
                        for (var i = 0; i < m.items.length; ++i)
                            $root.roadpulse.stream.v1.IngestItem.encode(m.items[i], w.uint32(26).fork(), q + 1).ldelim();
                    }
                    if (m.hello != null && $Object.hasOwnProperty.call(m, "hello"))
                        $root.roadpulse.stream.v1.Hello.encode(m.hello, w.uint32(34).fork(), q + 1).ldelim();
                    if (m.schema_minor != null && $Object.hasOwnProperty.call(m, "schema_minor") && m.schema_minor !== 0)
                        w.uint32(40).uint32(m.schema_minor);
                    if (m.want_receipt != null && $Object.hasOwnProperty.call(m, "want_receipt") && m.want_receipt !== false)
                        w.uint32(48).bool(m.want_receipt);
                    if (m.subscribe != null && $Object.hasOwnProperty.call(m, "subscribe"))
                        $root.roadpulse.stream.v1.Subscribe.encode(m.subscribe, w.uint32(58).fork(), q + 1).ldelim();
                    if (m.unsubscribe != null && $Object.hasOwnProperty.call(m, "unsubscribe"))
                        $root.roadpulse.stream.v1.Unsubscribe.encode(m.unsubscribe, w.uint32(66).fork(), q + 1).ldelim();
                    if (m.authenticate != null && $Object.hasOwnProperty.call(m, "authenticate"))
                        $root.roadpulse.stream.v1.Authenticate.encode(m.authenticate, w.uint32(74).fork(), q + 1).ldelim();
                    if (m.want_durable_receipt != null && $Object.hasOwnProperty.call(m, "want_durable_receipt") && m.want_durable_receipt !== false)
                        w.uint32(80).bool(m.want_durable_receipt);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                IngestFrame.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.IngestFrame();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                if (typeof (v = r.uint64()) === "object" ? v.low || v.high : v !== 0)
                                    m.base_time_unix_ms = v;
                                else
                                    delete m.base_time_unix_ms;
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.frame_seq = v;
                                else
                                    delete m.frame_seq;
                                continue;
                            }
                        case 3: {
                                if (u !== 2)
                                    break;
                                if (!(m.items && m.items.length))
                                    m.items = [];
                                m.items.push($root.roadpulse.stream.v1.IngestItem.decode(r, r.size(), $undefined, q + 1));
                                continue;
                            }
                        case 4: {
                                if (u !== 2)
                                    break;
                                m.hello = $root.roadpulse.stream.v1.Hello.decode(r, r.size(), $undefined, q + 1, m.hello);
                                m._hello = "hello";
                                continue;
                            }
                        case 5: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.schema_minor = v;
                                else
                                    delete m.schema_minor;
                                continue;
                            }
                        case 6: {
                                if (u !== 0)
                                    break;
                                if (v = r.bool())
                                    m.want_receipt = v;
                                else
                                    delete m.want_receipt;
                                continue;
                            }
                        case 7: {
                                if (u !== 2)
                                    break;
                                m.subscribe = $root.roadpulse.stream.v1.Subscribe.decode(r, r.size(), $undefined, q + 1, m.subscribe);
                                m._subscribe = "subscribe";
                                continue;
                            }
                        case 8: {
                                if (u !== 2)
                                    break;
                                m.unsubscribe = $root.roadpulse.stream.v1.Unsubscribe.decode(r, r.size(), $undefined, q + 1, m.unsubscribe);
                                m._unsubscribe = "unsubscribe";
                                continue;
                            }
                        case 9: {
                                if (u !== 2)
                                    break;
                                m.authenticate = $root.roadpulse.stream.v1.Authenticate.decode(r, r.size(), $undefined, q + 1, m.authenticate);
                                m._authenticate = "authenticate";
                                continue;
                            }
                        case 10: {
                                if (u !== 0)
                                    break;
                                if (v = r.bool())
                                    m.want_durable_receipt = v;
                                else
                                    delete m.want_durable_receipt;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return IngestFrame;
            })();

            v1.Hello = (function() {

                const Hello = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                Hello.prototype.source_id = "";
                Hello.prototype.kind = 0;
                Hello.prototype.time_base = 0;
                Hello.prototype.software = "";
                Hello.prototype.receipts = false;

                Hello.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.source_id != null && $Object.hasOwnProperty.call(m, "source_id") && m.source_id !== "")
                        w.uint32(10).string(m.source_id);
                    if (m.kind != null && $Object.hasOwnProperty.call(m, "kind") && m.kind !== 0)
                        w.uint32(16).int32(m.kind);
                    if (m.time_base != null && $Object.hasOwnProperty.call(m, "time_base") && m.time_base !== 0)
                        w.uint32(24).int32(m.time_base);
                    if (m.software != null && $Object.hasOwnProperty.call(m, "software") && m.software !== "")
                        w.uint32(34).string(m.software);
                    if (m.receipts != null && $Object.hasOwnProperty.call(m, "receipts") && m.receipts !== false)
                        w.uint32(40).bool(m.receipts);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                Hello.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.Hello();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 2)
                                    break;
                                if ((v = r.stringVerify()).length)
                                    m.source_id = v;
                                else
                                    delete m.source_id;
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                if (v = r.int32())
                                    m.kind = v;
                                else
                                    delete m.kind;
                                continue;
                            }
                        case 3: {
                                if (u !== 0)
                                    break;
                                if (v = r.int32())
                                    m.time_base = v;
                                else
                                    delete m.time_base;
                                continue;
                            }
                        case 4: {
                                if (u !== 2)
                                    break;
                                if ((v = r.stringVerify()).length)
                                    m.software = v;
                                else
                                    delete m.software;
                                continue;
                            }
                        case 5: {
                                if (u !== 0)
                                    break;
                                if (v = r.bool())
                                    m.receipts = v;
                                else
                                    delete m.receipts;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return Hello;
            })();

            v1.SourceKind = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "SOURCE_KIND_UNSPECIFIED"] = 0;
                values[valuesById[1] = "SOURCE_KIND_VEHICLE"] = 1;
                values[valuesById[2] = "SOURCE_KIND_RSU"] = 2;
                values[valuesById[3] = "SOURCE_KIND_GATEWAY"] = 3;
                return values;
            })();

            v1.TimeBase = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "TIME_BASE_UNSPECIFIED"] = 0;
                values[valuesById[1] = "TIME_BASE_UTC"] = 1;
                values[valuesById[2] = "TIME_BASE_TAI"] = 2;
                values[valuesById[3] = "TIME_BASE_UTC_NO_LEAP"] = 3;
                return values;
            })();

            v1.IngestItem = (function() {

                const IngestItem = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                IngestItem.prototype.station_id = 0;
                IngestItem.prototype.time_offset_ms = 0;
                IngestItem.prototype.receiver_id = null;
                IngestItem.prototype.original_format = 0;
                IngestItem.prototype.original_payload = null;
                IngestItem.prototype.security_verdict = 0;
                IngestItem.prototype.awareness = null;
                IngestItem.prototype.hazard = null;
                IngestItem.prototype.perceived = null;
                IngestItem.prototype.signal = null;
                IngestItem.prototype.intersection = null;
                IngestItem.prototype.automation = null;
                IngestItem.prototype.sensor = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(IngestItem.prototype, "_receiver_id", {
                    get: $util.oneOfGetter($oneOfFields = ["receiver_id"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(IngestItem.prototype, "_original_payload", {
                    get: $util.oneOfGetter($oneOfFields = ["original_payload"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                $Object.defineProperty(IngestItem.prototype, "body", {
                    get: $util.oneOfGetter($oneOfFields = ["awareness", "hazard", "perceived", "signal", "intersection", "automation", "sensor"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                IngestItem.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.station_id != null && $Object.hasOwnProperty.call(m, "station_id") && m.station_id !== 0)
                        w.uint32(13).fixed32(m.station_id);
                    if (m.time_offset_ms != null && $Object.hasOwnProperty.call(m, "time_offset_ms") && m.time_offset_ms !== 0)
                        w.uint32(16).sint32(m.time_offset_ms);
                    if (m.receiver_id != null && $Object.hasOwnProperty.call(m, "receiver_id"))
                        w.uint32(29).fixed32(m.receiver_id);
                    if (m.original_format != null && $Object.hasOwnProperty.call(m, "original_format") && m.original_format !== 0)
                        w.uint32(32).int32(m.original_format);
                    if (m.original_payload != null && $Object.hasOwnProperty.call(m, "original_payload"))
                        w.uint32(42).bytes(m.original_payload);
                    if (m.security_verdict != null && $Object.hasOwnProperty.call(m, "security_verdict") && m.security_verdict !== 0)
                        w.uint32(48).int32(m.security_verdict);
                    if (m.awareness != null && $Object.hasOwnProperty.call(m, "awareness"))
                        $root.roadpulse.v2x.v1.Awareness.encode(m.awareness, w.uint32(130).fork(), q + 1).ldelim();
                    if (m.hazard != null && $Object.hasOwnProperty.call(m, "hazard"))
                        $root.roadpulse.v2x.v1.HazardNotice.encode(m.hazard, w.uint32(138).fork(), q + 1).ldelim();
                    if (m.perceived != null && $Object.hasOwnProperty.call(m, "perceived"))
                        $root.roadpulse.v2x.v1.PerceivedObjects.encode(m.perceived, w.uint32(146).fork(), q + 1).ldelim();
                    if (m.signal != null && $Object.hasOwnProperty.call(m, "signal"))
                        $root.roadpulse.v2x.v1.SignalState.encode(m.signal, w.uint32(154).fork(), q + 1).ldelim();
                    if (m.intersection != null && $Object.hasOwnProperty.call(m, "intersection"))
                        $root.roadpulse.v2x.v1.IntersectionMap.encode(m.intersection, w.uint32(162).fork(), q + 1).ldelim();
                    if (m.automation != null && $Object.hasOwnProperty.call(m, "automation"))
                        $root.roadpulse.v2x.v1.AutomationEvent.encode(m.automation, w.uint32(170).fork(), q + 1).ldelim();
                    if (m.sensor != null && $Object.hasOwnProperty.call(m, "sensor"))
                        $root.roadpulse.v2x.v1.SensorReading.encode(m.sensor, w.uint32(178).fork(), q + 1).ldelim();
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                IngestItem.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.IngestItem();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 5)
                                    break;
                                if (v = r.fixed32())
                                    m.station_id = v;
                                else
                                    delete m.station_id;
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                if (v = r.sint32())
                                    m.time_offset_ms = v;
                                else
                                    delete m.time_offset_ms;
                                continue;
                            }
                        case 3: {
                                if (u !== 5)
                                    break;
                                m.receiver_id = r.fixed32();
                                m._receiver_id = "receiver_id";
                                continue;
                            }
                        case 4: {
                                if (u !== 0)
                                    break;
                                if (v = r.int32())
                                    m.original_format = v;
                                else
                                    delete m.original_format;
                                continue;
                            }
                        case 5: {
                                if (u !== 2)
                                    break;
                                m.original_payload = r.bytes();
                                m._original_payload = "original_payload";
                                continue;
                            }
                        case 6: {
                                if (u !== 0)
                                    break;
                                if (v = r.int32())
                                    m.security_verdict = v;
                                else
                                    delete m.security_verdict;
                                continue;
                            }
                        case 16: {
                                if (u !== 2)
                                    break;
                                m.awareness = $root.roadpulse.v2x.v1.Awareness.decode(r, r.size(), $undefined, q + 1, m.awareness);
                                m.body = "awareness";
                                continue;
                            }
                        case 17: {
                                if (u !== 2)
                                    break;
                                m.hazard = $root.roadpulse.v2x.v1.HazardNotice.decode(r, r.size(), $undefined, q + 1, m.hazard);
                                m.body = "hazard";
                                continue;
                            }
                        case 18: {
                                if (u !== 2)
                                    break;
                                m.perceived = $root.roadpulse.v2x.v1.PerceivedObjects.decode(r, r.size(), $undefined, q + 1, m.perceived);
                                m.body = "perceived";
                                continue;
                            }
                        case 19: {
                                if (u !== 2)
                                    break;
                                m.signal = $root.roadpulse.v2x.v1.SignalState.decode(r, r.size(), $undefined, q + 1, m.signal);
                                m.body = "signal";
                                continue;
                            }
                        case 20: {
                                if (u !== 2)
                                    break;
                                m.intersection = $root.roadpulse.v2x.v1.IntersectionMap.decode(r, r.size(), $undefined, q + 1, m.intersection);
                                m.body = "intersection";
                                continue;
                            }
                        case 21: {
                                if (u !== 2)
                                    break;
                                m.automation = $root.roadpulse.v2x.v1.AutomationEvent.decode(r, r.size(), $undefined, q + 1, m.automation);
                                m.body = "automation";
                                continue;
                            }
                        case 22: {
                                if (u !== 2)
                                    break;
                                m.sensor = $root.roadpulse.v2x.v1.SensorReading.decode(r, r.size(), $undefined, q + 1, m.sensor);
                                m.body = "sensor";
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return IngestItem;
            })();

            v1.OriginalFormat = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "ORIGINAL_FORMAT_UNSPECIFIED"] = 0;
                values[valuesById[1] = "ORIGINAL_FORMAT_ETSI_UPER"] = 1;
                values[valuesById[2] = "ORIGINAL_FORMAT_J2735_UPER"] = 2;
                values[valuesById[3] = "ORIGINAL_FORMAT_ODE_JSON"] = 3;
                values[valuesById[4] = "ORIGINAL_FORMAT_TRAJECTORY_CSV"] = 4;
                return values;
            })();

            v1.SecurityVerdict = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "SECURITY_VERDICT_UNSPECIFIED"] = 0;
                values[valuesById[1] = "SECURITY_VERDICT_VALID"] = 1;
                values[valuesById[2] = "SECURITY_VERDICT_INVALID"] = 2;
                values[valuesById[3] = "SECURITY_VERDICT_UNSIGNED"] = 3;
                return values;
            })();

            v1.SubscriberMessage = (function() {

                const SubscriberMessage = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                SubscriberMessage.prototype.subscribe = null;
                SubscriberMessage.prototype.unsubscribe = null;
                SubscriberMessage.prototype.acknowledge = null;
                SubscriberMessage.prototype.authenticate = null;

                let $oneOfFields;

                $Object.defineProperty(SubscriberMessage.prototype, "message", {
                    get: $util.oneOfGetter($oneOfFields = ["subscribe", "unsubscribe", "acknowledge", "authenticate"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                SubscriberMessage.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.subscribe != null && $Object.hasOwnProperty.call(m, "subscribe"))
                        $root.roadpulse.stream.v1.Subscribe.encode(m.subscribe, w.uint32(10).fork(), q + 1).ldelim();
                    if (m.unsubscribe != null && $Object.hasOwnProperty.call(m, "unsubscribe"))
                        $root.roadpulse.stream.v1.Unsubscribe.encode(m.unsubscribe, w.uint32(18).fork(), q + 1).ldelim();
                    if (m.acknowledge != null && $Object.hasOwnProperty.call(m, "acknowledge"))
                        $root.roadpulse.stream.v1.Acknowledge.encode(m.acknowledge, w.uint32(26).fork(), q + 1).ldelim();
                    if (m.authenticate != null && $Object.hasOwnProperty.call(m, "authenticate"))
                        $root.roadpulse.stream.v1.Authenticate.encode(m.authenticate, w.uint32(34).fork(), q + 1).ldelim();
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                SubscriberMessage.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.SubscriberMessage();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 2)
                                    break;
                                m.subscribe = $root.roadpulse.stream.v1.Subscribe.decode(r, r.size(), $undefined, q + 1, m.subscribe);
                                m.message = "subscribe";
                                continue;
                            }
                        case 2: {
                                if (u !== 2)
                                    break;
                                m.unsubscribe = $root.roadpulse.stream.v1.Unsubscribe.decode(r, r.size(), $undefined, q + 1, m.unsubscribe);
                                m.message = "unsubscribe";
                                continue;
                            }
                        case 3: {
                                if (u !== 2)
                                    break;
                                m.acknowledge = $root.roadpulse.stream.v1.Acknowledge.decode(r, r.size(), $undefined, q + 1, m.acknowledge);
                                m.message = "acknowledge";
                                continue;
                            }
                        case 4: {
                                if (u !== 2)
                                    break;
                                m.authenticate = $root.roadpulse.stream.v1.Authenticate.decode(r, r.size(), $undefined, q + 1, m.authenticate);
                                m.message = "authenticate";
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return SubscriberMessage;
            })();

            v1.Authenticate = (function() {

                const Authenticate = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                Authenticate.prototype.token = "";

                Authenticate.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.token != null && $Object.hasOwnProperty.call(m, "token") && m.token !== "")
                        w.uint32(10).string(m.token);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                Authenticate.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.Authenticate();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 2)
                                    break;
                                if ((v = r.stringVerify()).length)
                                    m.token = v;
                                else
                                    delete m.token;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return Authenticate;
            })();

            v1.ServerMessage = (function() {

                const ServerMessage = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                ServerMessage.prototype.welcome = null;
                ServerMessage.prototype.subscribed = null;
                ServerMessage.prototype.alerts = null;
                ServerMessage.prototype.positions = null;
                ServerMessage.prototype.gap = null;
                ServerMessage.prototype.flow_control = null;
                ServerMessage.prototype.problem = null;
                ServerMessage.prototype.receipt = null;

                let $oneOfFields;

                $Object.defineProperty(ServerMessage.prototype, "message", {
                    get: $util.oneOfGetter($oneOfFields = ["welcome", "subscribed", "alerts", "positions", "gap", "flow_control", "problem", "receipt"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                ServerMessage.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.welcome != null && $Object.hasOwnProperty.call(m, "welcome"))
                        $root.roadpulse.stream.v1.Welcome.encode(m.welcome, w.uint32(10).fork(), q + 1).ldelim();
                    if (m.subscribed != null && $Object.hasOwnProperty.call(m, "subscribed"))
                        $root.roadpulse.stream.v1.Subscribed.encode(m.subscribed, w.uint32(18).fork(), q + 1).ldelim();
                    if (m.alerts != null && $Object.hasOwnProperty.call(m, "alerts"))
                        $root.roadpulse.stream.v1.AlertBatch.encode(m.alerts, w.uint32(26).fork(), q + 1).ldelim();
                    if (m.positions != null && $Object.hasOwnProperty.call(m, "positions"))
                        $root.roadpulse.stream.v1.PositionBatch.encode(m.positions, w.uint32(34).fork(), q + 1).ldelim();
                    if (m.gap != null && $Object.hasOwnProperty.call(m, "gap"))
                        $root.roadpulse.stream.v1.Gap.encode(m.gap, w.uint32(42).fork(), q + 1).ldelim();
                    if (m.flow_control != null && $Object.hasOwnProperty.call(m, "flow_control"))
                        $root.roadpulse.stream.v1.FlowControl.encode(m.flow_control, w.uint32(50).fork(), q + 1).ldelim();
                    if (m.problem != null && $Object.hasOwnProperty.call(m, "problem"))
                        $root.roadpulse.stream.v1.Problem.encode(m.problem, w.uint32(58).fork(), q + 1).ldelim();
                    if (m.receipt != null && $Object.hasOwnProperty.call(m, "receipt"))
                        $root.roadpulse.stream.v1.Receipt.encode(m.receipt, w.uint32(66).fork(), q + 1).ldelim();
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                ServerMessage.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.ServerMessage();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 2)
                                    break;
                                m.welcome = $root.roadpulse.stream.v1.Welcome.decode(r, r.size(), $undefined, q + 1, m.welcome);
                                m.message = "welcome";
                                continue;
                            }
                        case 2: {
                                if (u !== 2)
                                    break;
                                m.subscribed = $root.roadpulse.stream.v1.Subscribed.decode(r, r.size(), $undefined, q + 1, m.subscribed);
                                m.message = "subscribed";
                                continue;
                            }
                        case 3: {
                                if (u !== 2)
                                    break;
                                m.alerts = $root.roadpulse.stream.v1.AlertBatch.decode(r, r.size(), $undefined, q + 1, m.alerts);
                                m.message = "alerts";
                                continue;
                            }
                        case 4: {
                                if (u !== 2)
                                    break;
                                m.positions = $root.roadpulse.stream.v1.PositionBatch.decode(r, r.size(), $undefined, q + 1, m.positions);
                                m.message = "positions";
                                continue;
                            }
                        case 5: {
                                if (u !== 2)
                                    break;
                                m.gap = $root.roadpulse.stream.v1.Gap.decode(r, r.size(), $undefined, q + 1, m.gap);
                                m.message = "gap";
                                continue;
                            }
                        case 6: {
                                if (u !== 2)
                                    break;
                                m.flow_control = $root.roadpulse.stream.v1.FlowControl.decode(r, r.size(), $undefined, q + 1, m.flow_control);
                                m.message = "flow_control";
                                continue;
                            }
                        case 7: {
                                if (u !== 2)
                                    break;
                                m.problem = $root.roadpulse.stream.v1.Problem.decode(r, r.size(), $undefined, q + 1, m.problem);
                                m.message = "problem";
                                continue;
                            }
                        case 8: {
                                if (u !== 2)
                                    break;
                                m.receipt = $root.roadpulse.stream.v1.Receipt.decode(r, r.size(), $undefined, q + 1, m.receipt);
                                m.message = "receipt";
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return ServerMessage;
            })();

            v1.Welcome = (function() {

                const Welcome = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                Welcome.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Welcome.prototype.server_time_unix_ms = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Welcome.prototype.version = "";
                Welcome.prototype.schema_minor = 0;
                Welcome.prototype.max_message_bytes = 0;
                Welcome.prototype.max_items = 0;
                Welcome.prototype.heartbeat_ms = 0;

                Welcome.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.epoch != null && $Object.hasOwnProperty.call(m, "epoch") && (typeof m.epoch === "object" ? m.epoch.low || m.epoch.high : m.epoch !== 0))
                        w.uint32(8).uint64(m.epoch);
                    if (m.server_time_unix_ms != null && $Object.hasOwnProperty.call(m, "server_time_unix_ms") && (typeof m.server_time_unix_ms === "object" ? m.server_time_unix_ms.low || m.server_time_unix_ms.high : m.server_time_unix_ms !== 0))
                        w.uint32(16).uint64(m.server_time_unix_ms);
                    if (m.version != null && $Object.hasOwnProperty.call(m, "version") && m.version !== "")
                        w.uint32(26).string(m.version);
                    if (m.schema_minor != null && $Object.hasOwnProperty.call(m, "schema_minor") && m.schema_minor !== 0)
                        w.uint32(32).uint32(m.schema_minor);
                    if (m.max_message_bytes != null && $Object.hasOwnProperty.call(m, "max_message_bytes") && m.max_message_bytes !== 0)
                        w.uint32(40).uint32(m.max_message_bytes);
                    if (m.max_items != null && $Object.hasOwnProperty.call(m, "max_items") && m.max_items !== 0)
                        w.uint32(48).uint32(m.max_items);
                    if (m.heartbeat_ms != null && $Object.hasOwnProperty.call(m, "heartbeat_ms") && m.heartbeat_ms !== 0)
                        w.uint32(56).uint32(m.heartbeat_ms);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                Welcome.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.Welcome();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                if (typeof (v = r.uint64()) === "object" ? v.low || v.high : v !== 0)
                                    m.epoch = v;
                                else
                                    delete m.epoch;
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                if (typeof (v = r.uint64()) === "object" ? v.low || v.high : v !== 0)
                                    m.server_time_unix_ms = v;
                                else
                                    delete m.server_time_unix_ms;
                                continue;
                            }
                        case 3: {
                                if (u !== 2)
                                    break;
                                if ((v = r.stringVerify()).length)
                                    m.version = v;
                                else
                                    delete m.version;
                                continue;
                            }
                        case 4: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.schema_minor = v;
                                else
                                    delete m.schema_minor;
                                continue;
                            }
                        case 5: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.max_message_bytes = v;
                                else
                                    delete m.max_message_bytes;
                                continue;
                            }
                        case 6: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.max_items = v;
                                else
                                    delete m.max_items;
                                continue;
                            }
                        case 7: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.heartbeat_ms = v;
                                else
                                    delete m.heartbeat_ms;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return Welcome;
            })();

            v1.Subscribe = (function() {

                const Subscribe = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                Subscribe.prototype.subscription_id = "";
                Subscribe.prototype.everywhere = null;
                Subscribe.prototype.box = null;
                Subscribe.prototype.polygon = null;
                Subscribe.prototype.circle = null;
                Subscribe.prototype.corridor = null;
                Subscribe.prototype.ahead = null;
                Subscribe.prototype.filter = null;
                Subscribe.prototype.positions = null;
                Subscribe.prototype.resume = null;

                let $oneOfFields;

                $Object.defineProperty(Subscribe.prototype, "area", {
                    get: $util.oneOfGetter($oneOfFields = ["everywhere", "box", "polygon", "circle", "corridor", "ahead"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Subscribe.prototype, "_resume", {
                    get: $util.oneOfGetter($oneOfFields = ["resume"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                Subscribe.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.subscription_id != null && $Object.hasOwnProperty.call(m, "subscription_id") && m.subscription_id !== "")
                        w.uint32(10).string(m.subscription_id);
                    if (m.everywhere != null && $Object.hasOwnProperty.call(m, "everywhere"))
                        $root.roadpulse.stream.v1.Everywhere.encode(m.everywhere, w.uint32(18).fork(), q + 1).ldelim();
                    if (m.box != null && $Object.hasOwnProperty.call(m, "box"))
                        $root.roadpulse.stream.v1.Box.encode(m.box, w.uint32(26).fork(), q + 1).ldelim();
                    if (m.polygon != null && $Object.hasOwnProperty.call(m, "polygon"))
                        $root.roadpulse.stream.v1.Polygon.encode(m.polygon, w.uint32(34).fork(), q + 1).ldelim();
                    if (m.circle != null && $Object.hasOwnProperty.call(m, "circle"))
                        $root.roadpulse.stream.v1.Circle.encode(m.circle, w.uint32(42).fork(), q + 1).ldelim();
                    if (m.corridor != null && $Object.hasOwnProperty.call(m, "corridor"))
                        $root.roadpulse.stream.v1.Corridor.encode(m.corridor, w.uint32(50).fork(), q + 1).ldelim();
                    if (m.ahead != null && $Object.hasOwnProperty.call(m, "ahead"))
                        $root.roadpulse.stream.v1.Ahead.encode(m.ahead, w.uint32(58).fork(), q + 1).ldelim();
                    if (m.filter != null && $Object.hasOwnProperty.call(m, "filter"))
                        $root.roadpulse.stream.v1.AlertFilter.encode(m.filter, w.uint32(66).fork(), q + 1).ldelim();
                    if (m.positions != null && $Object.hasOwnProperty.call(m, "positions"))
                        $root.roadpulse.stream.v1.PositionFeed.encode(m.positions, w.uint32(74).fork(), q + 1).ldelim();
                    if (m.resume != null && $Object.hasOwnProperty.call(m, "resume"))
                        $root.roadpulse.stream.v1.Cursor.encode(m.resume, w.uint32(82).fork(), q + 1).ldelim();
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                Subscribe.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.Subscribe();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 2)
                                    break;
                                if ((v = r.stringVerify()).length)
                                    m.subscription_id = v;
                                else
                                    delete m.subscription_id;
                                continue;
                            }
                        case 2: {
                                if (u !== 2)
                                    break;
                                m.everywhere = $root.roadpulse.stream.v1.Everywhere.decode(r, r.size(), $undefined, q + 1, m.everywhere);
                                m.area = "everywhere";
                                continue;
                            }
                        case 3: {
                                if (u !== 2)
                                    break;
                                m.box = $root.roadpulse.stream.v1.Box.decode(r, r.size(), $undefined, q + 1, m.box);
                                m.area = "box";
                                continue;
                            }
                        case 4: {
                                if (u !== 2)
                                    break;
                                m.polygon = $root.roadpulse.stream.v1.Polygon.decode(r, r.size(), $undefined, q + 1, m.polygon);
                                m.area = "polygon";
                                continue;
                            }
                        case 5: {
                                if (u !== 2)
                                    break;
                                m.circle = $root.roadpulse.stream.v1.Circle.decode(r, r.size(), $undefined, q + 1, m.circle);
                                m.area = "circle";
                                continue;
                            }
                        case 6: {
                                if (u !== 2)
                                    break;
                                m.corridor = $root.roadpulse.stream.v1.Corridor.decode(r, r.size(), $undefined, q + 1, m.corridor);
                                m.area = "corridor";
                                continue;
                            }
                        case 7: {
                                if (u !== 2)
                                    break;
                                m.ahead = $root.roadpulse.stream.v1.Ahead.decode(r, r.size(), $undefined, q + 1, m.ahead);
                                m.area = "ahead";
                                continue;
                            }
                        case 8: {
                                if (u !== 2)
                                    break;
                                m.filter = $root.roadpulse.stream.v1.AlertFilter.decode(r, r.size(), $undefined, q + 1, m.filter);
                                continue;
                            }
                        case 9: {
                                if (u !== 2)
                                    break;
                                m.positions = $root.roadpulse.stream.v1.PositionFeed.decode(r, r.size(), $undefined, q + 1, m.positions);
                                continue;
                            }
                        case 10: {
                                if (u !== 2)
                                    break;
                                m.resume = $root.roadpulse.stream.v1.Cursor.decode(r, r.size(), $undefined, q + 1, m.resume);
                                m._resume = "resume";
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return Subscribe;
            })();

            v1.Everywhere = (function() {

                const Everywhere = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                Everywhere.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                Everywhere.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.Everywhere();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        r.skipType(t & 7, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return Everywhere;
            })();

            v1.Box = (function() {

                const Box = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                Box.prototype.south_e7 = 0;
                Box.prototype.west_e7 = 0;
                Box.prototype.north_e7 = 0;
                Box.prototype.east_e7 = 0;

                Box.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.south_e7 != null && $Object.hasOwnProperty.call(m, "south_e7") && m.south_e7 !== 0)
                        w.uint32(13).sfixed32(m.south_e7);
                    if (m.west_e7 != null && $Object.hasOwnProperty.call(m, "west_e7") && m.west_e7 !== 0)
                        w.uint32(21).sfixed32(m.west_e7);
                    if (m.north_e7 != null && $Object.hasOwnProperty.call(m, "north_e7") && m.north_e7 !== 0)
                        w.uint32(29).sfixed32(m.north_e7);
                    if (m.east_e7 != null && $Object.hasOwnProperty.call(m, "east_e7") && m.east_e7 !== 0)
                        w.uint32(37).sfixed32(m.east_e7);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                Box.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.Box();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 5)
                                    break;
                                if (v = r.sfixed32())
                                    m.south_e7 = v;
                                else
                                    delete m.south_e7;
                                continue;
                            }
                        case 2: {
                                if (u !== 5)
                                    break;
                                if (v = r.sfixed32())
                                    m.west_e7 = v;
                                else
                                    delete m.west_e7;
                                continue;
                            }
                        case 3: {
                                if (u !== 5)
                                    break;
                                if (v = r.sfixed32())
                                    m.north_e7 = v;
                                else
                                    delete m.north_e7;
                                continue;
                            }
                        case 4: {
                                if (u !== 5)
                                    break;
                                if (v = r.sfixed32())
                                    m.east_e7 = v;
                                else
                                    delete m.east_e7;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return Box;
            })();

            v1.Polygon = (function() {

                const Polygon = function (p) {
                    this.points = [];
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                Polygon.prototype.points = $util.emptyArray;

                Polygon.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.points != null && m.points.length) {
                        for (var i = 0; i < m.points.length; ++i)
                            $root.roadpulse.v2x.v1.GeoPoint.encode(m.points[i], w.uint32(10).fork(), q + 1).ldelim();
                    }
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                Polygon.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.Polygon();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 2)
                                    break;
                                if (!(m.points && m.points.length))
                                    m.points = [];
                                m.points.push($root.roadpulse.v2x.v1.GeoPoint.decode(r, r.size(), $undefined, q + 1));
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return Polygon;
            })();

            v1.Circle = (function() {

                const Circle = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                Circle.prototype.center = null;
                Circle.prototype.radius_m = 0;

                Circle.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.center != null && $Object.hasOwnProperty.call(m, "center"))
                        $root.roadpulse.v2x.v1.GeoPoint.encode(m.center, w.uint32(10).fork(), q + 1).ldelim();
                    if (m.radius_m != null && $Object.hasOwnProperty.call(m, "radius_m") && m.radius_m !== 0)
                        w.uint32(16).uint32(m.radius_m);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                Circle.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.Circle();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 2)
                                    break;
                                m.center = $root.roadpulse.v2x.v1.GeoPoint.decode(r, r.size(), $undefined, q + 1, m.center);
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.radius_m = v;
                                else
                                    delete m.radius_m;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return Circle;
            })();

            v1.Corridor = (function() {

                const Corridor = function (p) {
                    this.points = [];
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                Corridor.prototype.points = $util.emptyArray;
                Corridor.prototype.half_width_m = 0;

                Corridor.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.points != null && m.points.length) {
                        for (var i = 0; i < m.points.length; ++i)
                            $root.roadpulse.v2x.v1.GeoPoint.encode(m.points[i], w.uint32(10).fork(), q + 1).ldelim();
                    }
                    if (m.half_width_m != null && $Object.hasOwnProperty.call(m, "half_width_m") && m.half_width_m !== 0)
                        w.uint32(16).uint32(m.half_width_m);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                Corridor.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.Corridor();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 2)
                                    break;
                                if (!(m.points && m.points.length))
                                    m.points = [];
                                m.points.push($root.roadpulse.v2x.v1.GeoPoint.decode(r, r.size(), $undefined, q + 1));
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.half_width_m = v;
                                else
                                    delete m.half_width_m;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return Corridor;
            })();

            v1.Ahead = (function() {

                const Ahead = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                Ahead.prototype.station_id = 0;
                Ahead.prototype.distance_m = 0;

                Ahead.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.station_id != null && $Object.hasOwnProperty.call(m, "station_id") && m.station_id !== 0)
                        w.uint32(13).fixed32(m.station_id);
                    if (m.distance_m != null && $Object.hasOwnProperty.call(m, "distance_m") && m.distance_m !== 0)
                        w.uint32(16).uint32(m.distance_m);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                Ahead.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.Ahead();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 5)
                                    break;
                                if (v = r.fixed32())
                                    m.station_id = v;
                                else
                                    delete m.station_id;
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.distance_m = v;
                                else
                                    delete m.distance_m;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return Ahead;
            })();

            v1.AlertFilter = (function() {

                const AlertFilter = function (p) {
                    this.cause_codes = [];
                    this.kinds = [];
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                AlertFilter.prototype.cause_codes = $util.emptyArray;
                AlertFilter.prototype.kinds = $util.emptyArray;
                AlertFilter.prototype.min_severity = null;
                AlertFilter.prototype.min_confidence_pct = null;
                AlertFilter.prototype.confirmed_only = false;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(AlertFilter.prototype, "_min_severity", {
                    get: $util.oneOfGetter($oneOfFields = ["min_severity"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(AlertFilter.prototype, "_min_confidence_pct", {
                    get: $util.oneOfGetter($oneOfFields = ["min_confidence_pct"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                AlertFilter.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.cause_codes != null && m.cause_codes.length) {
                        w.uint32(10).uint32s(m.cause_codes);
                    }
                    if (m.kinds != null && m.kinds.length) {
                        for (var i = 0; i < m.kinds.length; ++i)
                            w.uint32(18).string(m.kinds[i]);
                    }
                    if (m.min_severity != null && $Object.hasOwnProperty.call(m, "min_severity"))
                        w.uint32(24).uint32(m.min_severity);
                    if (m.min_confidence_pct != null && $Object.hasOwnProperty.call(m, "min_confidence_pct"))
                        w.uint32(32).uint32(m.min_confidence_pct);
                    if (m.confirmed_only != null && $Object.hasOwnProperty.call(m, "confirmed_only") && m.confirmed_only !== false)
                        w.uint32(40).bool(m.confirmed_only);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                AlertFilter.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.AlertFilter();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u === 2) {
                                    if (!(m.cause_codes && m.cause_codes.length))
                                        m.cause_codes = [];
                                    r.uint32s(m.cause_codes);
                                    continue;
                                }
                                if (u !== 0)
                                    break;
                                if (!(m.cause_codes && m.cause_codes.length))
                                    m.cause_codes = [];
                                m.cause_codes.push(r.uint32());
                                continue;
                            }
                        case 2: {
                                if (u !== 2)
                                    break;
                                if (!(m.kinds && m.kinds.length))
                                    m.kinds = [];
                                m.kinds.push(r.stringVerify());
                                continue;
                            }
                        case 3: {
                                if (u !== 0)
                                    break;
                                m.min_severity = r.uint32();
                                m._min_severity = "min_severity";
                                continue;
                            }
                        case 4: {
                                if (u !== 0)
                                    break;
                                m.min_confidence_pct = r.uint32();
                                m._min_confidence_pct = "min_confidence_pct";
                                continue;
                            }
                        case 5: {
                                if (u !== 0)
                                    break;
                                if (v = r.bool())
                                    m.confirmed_only = v;
                                else
                                    delete m.confirmed_only;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return AlertFilter;
            })();

            v1.PositionFeed = (function() {

                const PositionFeed = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                PositionFeed.prototype.interval_ms = 0;

                PositionFeed.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.interval_ms != null && $Object.hasOwnProperty.call(m, "interval_ms") && m.interval_ms !== 0)
                        w.uint32(8).uint32(m.interval_ms);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                PositionFeed.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.PositionFeed();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.interval_ms = v;
                                else
                                    delete m.interval_ms;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return PositionFeed;
            })();

            v1.Cursor = (function() {

                const Cursor = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                Cursor.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Cursor.prototype.sequence = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                Cursor.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.epoch != null && $Object.hasOwnProperty.call(m, "epoch") && (typeof m.epoch === "object" ? m.epoch.low || m.epoch.high : m.epoch !== 0))
                        w.uint32(8).uint64(m.epoch);
                    if (m.sequence != null && $Object.hasOwnProperty.call(m, "sequence") && (typeof m.sequence === "object" ? m.sequence.low || m.sequence.high : m.sequence !== 0))
                        w.uint32(16).uint64(m.sequence);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                Cursor.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.Cursor();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                if (typeof (v = r.uint64()) === "object" ? v.low || v.high : v !== 0)
                                    m.epoch = v;
                                else
                                    delete m.epoch;
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                if (typeof (v = r.uint64()) === "object" ? v.low || v.high : v !== 0)
                                    m.sequence = v;
                                else
                                    delete m.sequence;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return Cursor;
            })();

            v1.Unsubscribe = (function() {

                const Unsubscribe = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                Unsubscribe.prototype.subscription_id = "";

                Unsubscribe.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.subscription_id != null && $Object.hasOwnProperty.call(m, "subscription_id") && m.subscription_id !== "")
                        w.uint32(10).string(m.subscription_id);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                Unsubscribe.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.Unsubscribe();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 2)
                                    break;
                                if ((v = r.stringVerify()).length)
                                    m.subscription_id = v;
                                else
                                    delete m.subscription_id;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return Unsubscribe;
            })();

            v1.Acknowledge = (function() {

                const Acknowledge = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                Acknowledge.prototype.cursor = null;

                Acknowledge.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.cursor != null && $Object.hasOwnProperty.call(m, "cursor"))
                        $root.roadpulse.stream.v1.Cursor.encode(m.cursor, w.uint32(10).fork(), q + 1).ldelim();
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                Acknowledge.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.Acknowledge();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 2)
                                    break;
                                m.cursor = $root.roadpulse.stream.v1.Cursor.decode(r, r.size(), $undefined, q + 1, m.cursor);
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return Acknowledge;
            })();

            v1.Subscribed = (function() {

                const Subscribed = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                Subscribed.prototype.subscription_id = "";
                Subscribed.prototype.cursor = null;
                Subscribed.prototype.resumed = false;
                Subscribed.prototype.snapshot_alerts = 0;

                Subscribed.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.subscription_id != null && $Object.hasOwnProperty.call(m, "subscription_id") && m.subscription_id !== "")
                        w.uint32(10).string(m.subscription_id);
                    if (m.cursor != null && $Object.hasOwnProperty.call(m, "cursor"))
                        $root.roadpulse.stream.v1.Cursor.encode(m.cursor, w.uint32(18).fork(), q + 1).ldelim();
                    if (m.resumed != null && $Object.hasOwnProperty.call(m, "resumed") && m.resumed !== false)
                        w.uint32(24).bool(m.resumed);
                    if (m.snapshot_alerts != null && $Object.hasOwnProperty.call(m, "snapshot_alerts") && m.snapshot_alerts !== 0)
                        w.uint32(32).uint32(m.snapshot_alerts);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                Subscribed.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.Subscribed();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 2)
                                    break;
                                if ((v = r.stringVerify()).length)
                                    m.subscription_id = v;
                                else
                                    delete m.subscription_id;
                                continue;
                            }
                        case 2: {
                                if (u !== 2)
                                    break;
                                m.cursor = $root.roadpulse.stream.v1.Cursor.decode(r, r.size(), $undefined, q + 1, m.cursor);
                                continue;
                            }
                        case 3: {
                                if (u !== 0)
                                    break;
                                if (v = r.bool())
                                    m.resumed = v;
                                else
                                    delete m.resumed;
                                continue;
                            }
                        case 4: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.snapshot_alerts = v;
                                else
                                    delete m.snapshot_alerts;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return Subscribed;
            })();

            v1.AlertBatch = (function() {

                const AlertBatch = function (p) {
                    this.deliveries = [];
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                AlertBatch.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                AlertBatch.prototype.deliveries = $util.emptyArray;
                AlertBatch.prototype.snapshot = false;

                AlertBatch.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.epoch != null && $Object.hasOwnProperty.call(m, "epoch") && (typeof m.epoch === "object" ? m.epoch.low || m.epoch.high : m.epoch !== 0))
                        w.uint32(8).uint64(m.epoch);
                    if (m.deliveries != null && m.deliveries.length) {
                        for (var i = 0; i < m.deliveries.length; ++i)
                            $root.roadpulse.stream.v1.AlertDelivery.encode(m.deliveries[i], w.uint32(18).fork(), q + 1).ldelim();
                    }
                    if (m.snapshot != null && $Object.hasOwnProperty.call(m, "snapshot") && m.snapshot !== false)
                        w.uint32(24).bool(m.snapshot);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                AlertBatch.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.AlertBatch();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                if (typeof (v = r.uint64()) === "object" ? v.low || v.high : v !== 0)
                                    m.epoch = v;
                                else
                                    delete m.epoch;
                                continue;
                            }
                        case 2: {
                                if (u !== 2)
                                    break;
                                if (!(m.deliveries && m.deliveries.length))
                                    m.deliveries = [];
                                m.deliveries.push($root.roadpulse.stream.v1.AlertDelivery.decode(r, r.size(), $undefined, q + 1));
                                continue;
                            }
                        case 3: {
                                if (u !== 0)
                                    break;
                                if (v = r.bool())
                                    m.snapshot = v;
                                else
                                    delete m.snapshot;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return AlertBatch;
            })();

            v1.AlertDelivery = (function() {

                const AlertDelivery = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                AlertDelivery.prototype.sequence = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                AlertDelivery.prototype.alert = null;
                AlertDelivery.prototype.latency = null;

                AlertDelivery.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.sequence != null && $Object.hasOwnProperty.call(m, "sequence") && (typeof m.sequence === "object" ? m.sequence.low || m.sequence.high : m.sequence !== 0))
                        w.uint32(8).uint64(m.sequence);
                    if (m.alert != null && $Object.hasOwnProperty.call(m, "alert"))
                        $root.roadpulse.stream.v1.Alert.encode(m.alert, w.uint32(18).fork(), q + 1).ldelim();
                    if (m.latency != null && $Object.hasOwnProperty.call(m, "latency"))
                        $root.roadpulse.stream.v1.Latency.encode(m.latency, w.uint32(26).fork(), q + 1).ldelim();
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                AlertDelivery.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.AlertDelivery();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                if (typeof (v = r.uint64()) === "object" ? v.low || v.high : v !== 0)
                                    m.sequence = v;
                                else
                                    delete m.sequence;
                                continue;
                            }
                        case 2: {
                                if (u !== 2)
                                    break;
                                m.alert = $root.roadpulse.stream.v1.Alert.decode(r, r.size(), $undefined, q + 1, m.alert);
                                continue;
                            }
                        case 3: {
                                if (u !== 2)
                                    break;
                                m.latency = $root.roadpulse.stream.v1.Latency.decode(r, r.size(), $undefined, q + 1, m.latency);
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return AlertDelivery;
            })();

            v1.Latency = (function() {

                const Latency = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                Latency.prototype.decoded_us = 0;
                Latency.prototype.detected_us = 0;
                Latency.prototype.delivered_us = 0;

                Latency.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.decoded_us != null && $Object.hasOwnProperty.call(m, "decoded_us") && m.decoded_us !== 0)
                        w.uint32(8).uint32(m.decoded_us);
                    if (m.detected_us != null && $Object.hasOwnProperty.call(m, "detected_us") && m.detected_us !== 0)
                        w.uint32(16).uint32(m.detected_us);
                    if (m.delivered_us != null && $Object.hasOwnProperty.call(m, "delivered_us") && m.delivered_us !== 0)
                        w.uint32(24).uint32(m.delivered_us);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                Latency.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.Latency();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.decoded_us = v;
                                else
                                    delete m.decoded_us;
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.detected_us = v;
                                else
                                    delete m.detected_us;
                                continue;
                            }
                        case 3: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.delivered_us = v;
                                else
                                    delete m.delivered_us;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return Latency;
            })();

            v1.Alert = (function() {

                const Alert = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                Alert.prototype.alert_id = "";
                Alert.prototype.revision = 0;
                Alert.prototype.state = 0;
                Alert.prototype.tier = 0;
                Alert.prototype.kind = "";
                Alert.prototype.cause_code = 0;
                Alert.prototype.sub_cause_code = 0;
                Alert.prototype.severity = 0;
                Alert.prototype.confidence_pct = 0;
                Alert.prototype.detected_at_unix_ms = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Alert.prototype.referenced_at_unix_ms = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Alert.prototype.valid_until_unix_ms = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Alert.prototype.position = null;
                Alert.prototype.heading_ddeg = null;
                Alert.prototype.area = null;
                Alert.prototype.road = null;
                Alert.prototype.evidence = null;
                Alert.prototype.why = null;
                Alert.prototype.began_at_unix_ms = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Alert.prototype.srti = "";
                Alert.prototype.related_alert_id = "";

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Alert.prototype, "_heading_ddeg", {
                    get: $util.oneOfGetter($oneOfFields = ["heading_ddeg"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Alert.prototype, "_road", {
                    get: $util.oneOfGetter($oneOfFields = ["road"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                Alert.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.alert_id != null && $Object.hasOwnProperty.call(m, "alert_id") && m.alert_id !== "")
                        w.uint32(10).string(m.alert_id);
                    if (m.revision != null && $Object.hasOwnProperty.call(m, "revision") && m.revision !== 0)
                        w.uint32(16).uint32(m.revision);
                    if (m.state != null && $Object.hasOwnProperty.call(m, "state") && m.state !== 0)
                        w.uint32(24).int32(m.state);
                    if (m.tier != null && $Object.hasOwnProperty.call(m, "tier") && m.tier !== 0)
                        w.uint32(32).int32(m.tier);
                    if (m.kind != null && $Object.hasOwnProperty.call(m, "kind") && m.kind !== "")
                        w.uint32(42).string(m.kind);
                    if (m.cause_code != null && $Object.hasOwnProperty.call(m, "cause_code") && m.cause_code !== 0)
                        w.uint32(48).uint32(m.cause_code);
                    if (m.sub_cause_code != null && $Object.hasOwnProperty.call(m, "sub_cause_code") && m.sub_cause_code !== 0)
                        w.uint32(56).uint32(m.sub_cause_code);
                    if (m.severity != null && $Object.hasOwnProperty.call(m, "severity") && m.severity !== 0)
                        w.uint32(64).uint32(m.severity);
                    if (m.confidence_pct != null && $Object.hasOwnProperty.call(m, "confidence_pct") && m.confidence_pct !== 0)
                        w.uint32(72).uint32(m.confidence_pct);
                    if (m.detected_at_unix_ms != null && $Object.hasOwnProperty.call(m, "detected_at_unix_ms") && (typeof m.detected_at_unix_ms === "object" ? m.detected_at_unix_ms.low || m.detected_at_unix_ms.high : m.detected_at_unix_ms !== 0))
                        w.uint32(80).uint64(m.detected_at_unix_ms);
                    if (m.referenced_at_unix_ms != null && $Object.hasOwnProperty.call(m, "referenced_at_unix_ms") && (typeof m.referenced_at_unix_ms === "object" ? m.referenced_at_unix_ms.low || m.referenced_at_unix_ms.high : m.referenced_at_unix_ms !== 0))
                        w.uint32(88).uint64(m.referenced_at_unix_ms);
                    if (m.valid_until_unix_ms != null && $Object.hasOwnProperty.call(m, "valid_until_unix_ms") && (typeof m.valid_until_unix_ms === "object" ? m.valid_until_unix_ms.low || m.valid_until_unix_ms.high : m.valid_until_unix_ms !== 0))
                        w.uint32(96).uint64(m.valid_until_unix_ms);
                    if (m.position != null && $Object.hasOwnProperty.call(m, "position"))
                        $root.roadpulse.v2x.v1.GeoPoint.encode(m.position, w.uint32(106).fork(), q + 1).ldelim();
                    if (m.heading_ddeg != null && $Object.hasOwnProperty.call(m, "heading_ddeg"))
                        w.uint32(112).uint32(m.heading_ddeg);
                    if (m.area != null && $Object.hasOwnProperty.call(m, "area"))
                        $root.roadpulse.stream.v1.AlertArea.encode(m.area, w.uint32(122).fork(), q + 1).ldelim();
                    if (m.road != null && $Object.hasOwnProperty.call(m, "road"))
                        $root.roadpulse.stream.v1.RoadReference.encode(m.road, w.uint32(130).fork(), q + 1).ldelim();
                    if (m.evidence != null && $Object.hasOwnProperty.call(m, "evidence"))
                        $root.roadpulse.stream.v1.Evidence.encode(m.evidence, w.uint32(138).fork(), q + 1).ldelim();
                    if (m.why != null && $Object.hasOwnProperty.call(m, "why"))
                        $root.roadpulse.stream.v1.Explanation.encode(m.why, w.uint32(146).fork(), q + 1).ldelim();
                    if (m.began_at_unix_ms != null && $Object.hasOwnProperty.call(m, "began_at_unix_ms") && (typeof m.began_at_unix_ms === "object" ? m.began_at_unix_ms.low || m.began_at_unix_ms.high : m.began_at_unix_ms !== 0))
                        w.uint32(152).uint64(m.began_at_unix_ms);
                    if (m.srti != null && $Object.hasOwnProperty.call(m, "srti") && m.srti !== "")
                        w.uint32(162).string(m.srti);
                    if (m.related_alert_id != null && $Object.hasOwnProperty.call(m, "related_alert_id") && m.related_alert_id !== "")
                        w.uint32(170).string(m.related_alert_id);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                Alert.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.Alert();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 2)
                                    break;
                                if ((v = r.stringVerify()).length)
                                    m.alert_id = v;
                                else
                                    delete m.alert_id;
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.revision = v;
                                else
                                    delete m.revision;
                                continue;
                            }
                        case 3: {
                                if (u !== 0)
                                    break;
                                if (v = r.int32())
                                    m.state = v;
                                else
                                    delete m.state;
                                continue;
                            }
                        case 4: {
                                if (u !== 0)
                                    break;
                                if (v = r.int32())
                                    m.tier = v;
                                else
                                    delete m.tier;
                                continue;
                            }
                        case 5: {
                                if (u !== 2)
                                    break;
                                if ((v = r.stringVerify()).length)
                                    m.kind = v;
                                else
                                    delete m.kind;
                                continue;
                            }
                        case 6: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.cause_code = v;
                                else
                                    delete m.cause_code;
                                continue;
                            }
                        case 7: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.sub_cause_code = v;
                                else
                                    delete m.sub_cause_code;
                                continue;
                            }
                        case 8: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.severity = v;
                                else
                                    delete m.severity;
                                continue;
                            }
                        case 9: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.confidence_pct = v;
                                else
                                    delete m.confidence_pct;
                                continue;
                            }
                        case 10: {
                                if (u !== 0)
                                    break;
                                if (typeof (v = r.uint64()) === "object" ? v.low || v.high : v !== 0)
                                    m.detected_at_unix_ms = v;
                                else
                                    delete m.detected_at_unix_ms;
                                continue;
                            }
                        case 11: {
                                if (u !== 0)
                                    break;
                                if (typeof (v = r.uint64()) === "object" ? v.low || v.high : v !== 0)
                                    m.referenced_at_unix_ms = v;
                                else
                                    delete m.referenced_at_unix_ms;
                                continue;
                            }
                        case 12: {
                                if (u !== 0)
                                    break;
                                if (typeof (v = r.uint64()) === "object" ? v.low || v.high : v !== 0)
                                    m.valid_until_unix_ms = v;
                                else
                                    delete m.valid_until_unix_ms;
                                continue;
                            }
                        case 13: {
                                if (u !== 2)
                                    break;
                                m.position = $root.roadpulse.v2x.v1.GeoPoint.decode(r, r.size(), $undefined, q + 1, m.position);
                                continue;
                            }
                        case 14: {
                                if (u !== 0)
                                    break;
                                m.heading_ddeg = r.uint32();
                                m._heading_ddeg = "heading_ddeg";
                                continue;
                            }
                        case 15: {
                                if (u !== 2)
                                    break;
                                m.area = $root.roadpulse.stream.v1.AlertArea.decode(r, r.size(), $undefined, q + 1, m.area);
                                continue;
                            }
                        case 16: {
                                if (u !== 2)
                                    break;
                                m.road = $root.roadpulse.stream.v1.RoadReference.decode(r, r.size(), $undefined, q + 1, m.road);
                                m._road = "road";
                                continue;
                            }
                        case 17: {
                                if (u !== 2)
                                    break;
                                m.evidence = $root.roadpulse.stream.v1.Evidence.decode(r, r.size(), $undefined, q + 1, m.evidence);
                                continue;
                            }
                        case 18: {
                                if (u !== 2)
                                    break;
                                m.why = $root.roadpulse.stream.v1.Explanation.decode(r, r.size(), $undefined, q + 1, m.why);
                                continue;
                            }
                        case 19: {
                                if (u !== 0)
                                    break;
                                if (typeof (v = r.uint64()) === "object" ? v.low || v.high : v !== 0)
                                    m.began_at_unix_ms = v;
                                else
                                    delete m.began_at_unix_ms;
                                continue;
                            }
                        case 20: {
                                if (u !== 2)
                                    break;
                                if ((v = r.stringVerify()).length)
                                    m.srti = v;
                                else
                                    delete m.srti;
                                continue;
                            }
                        case 21: {
                                if (u !== 2)
                                    break;
                                if ((v = r.stringVerify()).length)
                                    m.related_alert_id = v;
                                else
                                    delete m.related_alert_id;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return Alert;
            })();

            v1.AlertState = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "ALERT_STATE_UNSPECIFIED"] = 0;
                values[valuesById[1] = "ALERT_STATE_NEW"] = 1;
                values[valuesById[2] = "ALERT_STATE_UPDATED"] = 2;
                values[valuesById[3] = "ALERT_STATE_ENDED"] = 3;
                values[valuesById[4] = "ALERT_STATE_CANCELLED"] = 4;
                values[valuesById[5] = "ALERT_STATE_EXPIRED"] = 5;
                return values;
            })();

            v1.AlertTier = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "ALERT_TIER_UNSPECIFIED"] = 0;
                values[valuesById[1] = "ALERT_TIER_SUSPECTED"] = 1;
                values[valuesById[2] = "ALERT_TIER_CONFIRMED"] = 2;
                return values;
            })();

            v1.AlertArea = (function() {

                const AlertArea = function (p) {
                    this.points = [];
                    this.part_starts = [];
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                AlertArea.prototype.form = 0;
                AlertArea.prototype.points = $util.emptyArray;
                AlertArea.prototype.part_starts = $util.emptyArray;

                AlertArea.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.form != null && $Object.hasOwnProperty.call(m, "form") && m.form !== 0)
                        w.uint32(8).int32(m.form);
                    if (m.points != null && m.points.length) {
                        for (var i = 0; i < m.points.length; ++i)
                            $root.roadpulse.v2x.v1.GeoPoint.encode(m.points[i], w.uint32(18).fork(), q + 1).ldelim();
                    }
                    if (m.part_starts != null && m.part_starts.length) {
                        w.uint32(26).uint32s(m.part_starts);
                    }
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                AlertArea.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.AlertArea();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                if (v = r.int32())
                                    m.form = v;
                                else
                                    delete m.form;
                                continue;
                            }
                        case 2: {
                                if (u !== 2)
                                    break;
                                if (!(m.points && m.points.length))
                                    m.points = [];
                                m.points.push($root.roadpulse.v2x.v1.GeoPoint.decode(r, r.size(), $undefined, q + 1));
                                continue;
                            }
                        case 3: {
                                if (u === 2) {
                                    if (!(m.part_starts && m.part_starts.length))
                                        m.part_starts = [];
                                    r.uint32s(m.part_starts);
                                    continue;
                                }
                                if (u !== 0)
                                    break;
                                if (!(m.part_starts && m.part_starts.length))
                                    m.part_starts = [];
                                m.part_starts.push(r.uint32());
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return AlertArea;
            })();

            v1.AreaForm = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "AREA_FORM_UNSPECIFIED"] = 0;
                values[valuesById[1] = "AREA_FORM_POINT"] = 1;
                values[valuesById[2] = "AREA_FORM_LINE_STRING"] = 2;
                values[valuesById[3] = "AREA_FORM_POLYGON"] = 3;
                values[valuesById[4] = "AREA_FORM_MULTI_POLYGON"] = 4;
                return values;
            })();

            v1.RoadReference = (function() {

                const RoadReference = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                RoadReference.prototype.ref = "";
                RoadReference.prototype.direction = "";
                RoadReference.prototype.from_km = 0;
                RoadReference.prototype.to_km = 0;
                RoadReference.prototype.text = "";

                RoadReference.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.ref != null && $Object.hasOwnProperty.call(m, "ref") && m.ref !== "")
                        w.uint32(10).string(m.ref);
                    if (m.direction != null && $Object.hasOwnProperty.call(m, "direction") && m.direction !== "")
                        w.uint32(18).string(m.direction);
                    if (m.from_km != null && $Object.hasOwnProperty.call(m, "from_km") && !$Object.is(m.from_km, 0))
                        w.uint32(25).double(m.from_km);
                    if (m.to_km != null && $Object.hasOwnProperty.call(m, "to_km") && !$Object.is(m.to_km, 0))
                        w.uint32(33).double(m.to_km);
                    if (m.text != null && $Object.hasOwnProperty.call(m, "text") && m.text !== "")
                        w.uint32(42).string(m.text);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                RoadReference.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.RoadReference();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 2)
                                    break;
                                if ((v = r.stringVerify()).length)
                                    m.ref = v;
                                else
                                    delete m.ref;
                                continue;
                            }
                        case 2: {
                                if (u !== 2)
                                    break;
                                if ((v = r.stringVerify()).length)
                                    m.direction = v;
                                else
                                    delete m.direction;
                                continue;
                            }
                        case 3: {
                                if (u !== 1)
                                    break;
                                if (!$Object.is(v = r.double(), 0))
                                    m.from_km = v;
                                else
                                    delete m.from_km;
                                continue;
                            }
                        case 4: {
                                if (u !== 1)
                                    break;
                                if (!$Object.is(v = r.double(), 0))
                                    m.to_km = v;
                                else
                                    delete m.to_km;
                                continue;
                            }
                        case 5: {
                                if (u !== 2)
                                    break;
                                if ((v = r.stringVerify()).length)
                                    m.text = v;
                                else
                                    delete m.text;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return RoadReference;
            })();

            v1.Evidence = (function() {

                const Evidence = function (p) {
                    this.sources = [];
                    this.marks = [];
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                Evidence.prototype.stations = 0;
                Evidence.prototype.observations = 0;
                Evidence.prototype.receivers = 0;
                Evidence.prototype.sources = $util.emptyArray;
                Evidence.prototype.marks = $util.emptyArray;

                Evidence.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.stations != null && $Object.hasOwnProperty.call(m, "stations") && m.stations !== 0)
                        w.uint32(8).uint32(m.stations);
                    if (m.observations != null && $Object.hasOwnProperty.call(m, "observations") && m.observations !== 0)
                        w.uint32(16).uint32(m.observations);
                    if (m.receivers != null && $Object.hasOwnProperty.call(m, "receivers") && m.receivers !== 0)
                        w.uint32(24).uint32(m.receivers);
                    if (m.sources != null && m.sources.length) {
                        for (var i = 0; i < m.sources.length; ++i)
                            w.uint32(34).string(m.sources[i]);
                    }
                    if (m.marks != null && m.marks.length) {
                        for (var i = 0; i < m.marks.length; ++i)
                            w.uint32(42).string(m.marks[i]);
                    }
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                Evidence.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.Evidence();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.stations = v;
                                else
                                    delete m.stations;
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.observations = v;
                                else
                                    delete m.observations;
                                continue;
                            }
                        case 3: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.receivers = v;
                                else
                                    delete m.receivers;
                                continue;
                            }
                        case 4: {
                                if (u !== 2)
                                    break;
                                if (!(m.sources && m.sources.length))
                                    m.sources = [];
                                m.sources.push(r.stringVerify());
                                continue;
                            }
                        case 5: {
                                if (u !== 2)
                                    break;
                                if (!(m.marks && m.marks.length))
                                    m.marks = [];
                                m.marks.push(r.stringVerify());
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return Evidence;
            })();

            v1.Explanation = (function() {

                const Explanation = function (p) {
                    this.measures = [];
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                Explanation.prototype.rule = "";
                Explanation.prototype.text = "";
                Explanation.prototype.measures = $util.emptyArray;

                Explanation.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.rule != null && $Object.hasOwnProperty.call(m, "rule") && m.rule !== "")
                        w.uint32(10).string(m.rule);
                    if (m.text != null && $Object.hasOwnProperty.call(m, "text") && m.text !== "")
                        w.uint32(18).string(m.text);
                    if (m.measures != null && m.measures.length) {
                        for (var i = 0; i < m.measures.length; ++i)
                            $root.roadpulse.stream.v1.Measure.encode(m.measures[i], w.uint32(26).fork(), q + 1).ldelim();
                    }
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                Explanation.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.Explanation();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 2)
                                    break;
                                if ((v = r.stringVerify()).length)
                                    m.rule = v;
                                else
                                    delete m.rule;
                                continue;
                            }
                        case 2: {
                                if (u !== 2)
                                    break;
                                if ((v = r.stringVerify()).length)
                                    m.text = v;
                                else
                                    delete m.text;
                                continue;
                            }
                        case 3: {
                                if (u !== 2)
                                    break;
                                if (!(m.measures && m.measures.length))
                                    m.measures = [];
                                m.measures.push($root.roadpulse.stream.v1.Measure.decode(r, r.size(), $undefined, q + 1));
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return Explanation;
            })();

            v1.Measure = (function() {

                const Measure = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                Measure.prototype.name = "";
                Measure.prototype.observed = 0;
                Measure.prototype.threshold = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Measure.prototype, "_threshold", {
                    get: $util.oneOfGetter($oneOfFields = ["threshold"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                Measure.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.name != null && $Object.hasOwnProperty.call(m, "name") && m.name !== "")
                        w.uint32(10).string(m.name);
                    if (m.observed != null && $Object.hasOwnProperty.call(m, "observed") && !$Object.is(m.observed, 0))
                        w.uint32(17).double(m.observed);
                    if (m.threshold != null && $Object.hasOwnProperty.call(m, "threshold"))
                        w.uint32(25).double(m.threshold);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                Measure.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.Measure();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 2)
                                    break;
                                if ((v = r.stringVerify()).length)
                                    m.name = v;
                                else
                                    delete m.name;
                                continue;
                            }
                        case 2: {
                                if (u !== 1)
                                    break;
                                if (!$Object.is(v = r.double(), 0))
                                    m.observed = v;
                                else
                                    delete m.observed;
                                continue;
                            }
                        case 3: {
                                if (u !== 1)
                                    break;
                                m.threshold = r.double();
                                m._threshold = "threshold";
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return Measure;
            })();

            v1.PositionBatch = (function() {

                const PositionBatch = function (p) {
                    this.positions = [];
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                PositionBatch.prototype.subscription_id = "";
                PositionBatch.prototype.time_unix_ms = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                PositionBatch.prototype.positions = $util.emptyArray;
                PositionBatch.prototype.left_out = 0;

                PositionBatch.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.subscription_id != null && $Object.hasOwnProperty.call(m, "subscription_id") && m.subscription_id !== "")
                        w.uint32(10).string(m.subscription_id);
                    if (m.time_unix_ms != null && $Object.hasOwnProperty.call(m, "time_unix_ms") && (typeof m.time_unix_ms === "object" ? m.time_unix_ms.low || m.time_unix_ms.high : m.time_unix_ms !== 0))
                        w.uint32(16).uint64(m.time_unix_ms);
                    if (m.positions != null && m.positions.length) {
                        for (var i = 0; i < m.positions.length; ++i)
                            $root.roadpulse.stream.v1.StationPosition.encode(m.positions[i], w.uint32(26).fork(), q + 1).ldelim();
                    }
                    if (m.left_out != null && $Object.hasOwnProperty.call(m, "left_out") && m.left_out !== 0)
                        w.uint32(32).uint32(m.left_out);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                PositionBatch.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.PositionBatch();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 2)
                                    break;
                                if ((v = r.stringVerify()).length)
                                    m.subscription_id = v;
                                else
                                    delete m.subscription_id;
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                if (typeof (v = r.uint64()) === "object" ? v.low || v.high : v !== 0)
                                    m.time_unix_ms = v;
                                else
                                    delete m.time_unix_ms;
                                continue;
                            }
                        case 3: {
                                if (u !== 2)
                                    break;
                                if (!(m.positions && m.positions.length))
                                    m.positions = [];
                                m.positions.push($root.roadpulse.stream.v1.StationPosition.decode(r, r.size(), $undefined, q + 1));
                                continue;
                            }
                        case 4: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.left_out = v;
                                else
                                    delete m.left_out;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return PositionBatch;
            })();

            v1.StationPosition = (function() {

                const StationPosition = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                StationPosition.prototype.station_label = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                StationPosition.prototype.latitude_e7 = 0;
                StationPosition.prototype.longitude_e7 = 0;
                StationPosition.prototype.speed_cmps = null;
                StationPosition.prototype.heading_ddeg = null;
                StationPosition.prototype.station_type = 0;
                StationPosition.prototype.age_ms = 0;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(StationPosition.prototype, "_speed_cmps", {
                    get: $util.oneOfGetter($oneOfFields = ["speed_cmps"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(StationPosition.prototype, "_heading_ddeg", {
                    get: $util.oneOfGetter($oneOfFields = ["heading_ddeg"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                StationPosition.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.station_label != null && $Object.hasOwnProperty.call(m, "station_label") && (typeof m.station_label === "object" ? m.station_label.low || m.station_label.high : m.station_label !== 0))
                        w.uint32(8).uint64(m.station_label);
                    if (m.latitude_e7 != null && $Object.hasOwnProperty.call(m, "latitude_e7") && m.latitude_e7 !== 0)
                        w.uint32(21).sfixed32(m.latitude_e7);
                    if (m.longitude_e7 != null && $Object.hasOwnProperty.call(m, "longitude_e7") && m.longitude_e7 !== 0)
                        w.uint32(29).sfixed32(m.longitude_e7);
                    if (m.speed_cmps != null && $Object.hasOwnProperty.call(m, "speed_cmps"))
                        w.uint32(32).uint32(m.speed_cmps);
                    if (m.heading_ddeg != null && $Object.hasOwnProperty.call(m, "heading_ddeg"))
                        w.uint32(40).uint32(m.heading_ddeg);
                    if (m.station_type != null && $Object.hasOwnProperty.call(m, "station_type") && m.station_type !== 0)
                        w.uint32(48).int32(m.station_type);
                    if (m.age_ms != null && $Object.hasOwnProperty.call(m, "age_ms") && m.age_ms !== 0)
                        w.uint32(56).uint32(m.age_ms);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                StationPosition.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.StationPosition();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                if (typeof (v = r.uint64()) === "object" ? v.low || v.high : v !== 0)
                                    m.station_label = v;
                                else
                                    delete m.station_label;
                                continue;
                            }
                        case 2: {
                                if (u !== 5)
                                    break;
                                if (v = r.sfixed32())
                                    m.latitude_e7 = v;
                                else
                                    delete m.latitude_e7;
                                continue;
                            }
                        case 3: {
                                if (u !== 5)
                                    break;
                                if (v = r.sfixed32())
                                    m.longitude_e7 = v;
                                else
                                    delete m.longitude_e7;
                                continue;
                            }
                        case 4: {
                                if (u !== 0)
                                    break;
                                m.speed_cmps = r.uint32();
                                m._speed_cmps = "speed_cmps";
                                continue;
                            }
                        case 5: {
                                if (u !== 0)
                                    break;
                                m.heading_ddeg = r.uint32();
                                m._heading_ddeg = "heading_ddeg";
                                continue;
                            }
                        case 6: {
                                if (u !== 0)
                                    break;
                                if (v = r.int32())
                                    m.station_type = v;
                                else
                                    delete m.station_type;
                                continue;
                            }
                        case 7: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.age_ms = v;
                                else
                                    delete m.age_ms;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return StationPosition;
            })();

            v1.Gap = (function() {

                const Gap = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                Gap.prototype.reason = 0;
                Gap.prototype.oldest = null;
                Gap.prototype.asked = null;

                Gap.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.reason != null && $Object.hasOwnProperty.call(m, "reason") && m.reason !== 0)
                        w.uint32(8).int32(m.reason);
                    if (m.oldest != null && $Object.hasOwnProperty.call(m, "oldest"))
                        $root.roadpulse.stream.v1.Cursor.encode(m.oldest, w.uint32(18).fork(), q + 1).ldelim();
                    if (m.asked != null && $Object.hasOwnProperty.call(m, "asked"))
                        $root.roadpulse.stream.v1.Cursor.encode(m.asked, w.uint32(26).fork(), q + 1).ldelim();
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                Gap.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.Gap();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                if (v = r.int32())
                                    m.reason = v;
                                else
                                    delete m.reason;
                                continue;
                            }
                        case 2: {
                                if (u !== 2)
                                    break;
                                m.oldest = $root.roadpulse.stream.v1.Cursor.decode(r, r.size(), $undefined, q + 1, m.oldest);
                                continue;
                            }
                        case 3: {
                                if (u !== 2)
                                    break;
                                m.asked = $root.roadpulse.stream.v1.Cursor.decode(r, r.size(), $undefined, q + 1, m.asked);
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return Gap;
            })();

            v1.GapReason = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "GAP_REASON_UNSPECIFIED"] = 0;
                values[valuesById[1] = "GAP_REASON_EPOCH_CHANGED"] = 1;
                values[valuesById[2] = "GAP_REASON_TOO_OLD"] = 2;
                values[valuesById[3] = "GAP_REASON_AHEAD"] = 3;
                values[valuesById[4] = "GAP_REASON_LOST"] = 4;
                return values;
            })();

            v1.FlowControl = (function() {

                const FlowControl = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                FlowControl.prototype.action = 0;
                FlowControl.prototype.queued_bytes = 0;
                FlowControl.prototype.positions_conflated = 0;
                FlowControl.prototype.disconnect_in_ms = 0;

                FlowControl.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.action != null && $Object.hasOwnProperty.call(m, "action") && m.action !== 0)
                        w.uint32(8).int32(m.action);
                    if (m.queued_bytes != null && $Object.hasOwnProperty.call(m, "queued_bytes") && m.queued_bytes !== 0)
                        w.uint32(16).uint32(m.queued_bytes);
                    if (m.positions_conflated != null && $Object.hasOwnProperty.call(m, "positions_conflated") && m.positions_conflated !== 0)
                        w.uint32(24).uint32(m.positions_conflated);
                    if (m.disconnect_in_ms != null && $Object.hasOwnProperty.call(m, "disconnect_in_ms") && m.disconnect_in_ms !== 0)
                        w.uint32(32).uint32(m.disconnect_in_ms);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                FlowControl.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.FlowControl();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                if (v = r.int32())
                                    m.action = v;
                                else
                                    delete m.action;
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.queued_bytes = v;
                                else
                                    delete m.queued_bytes;
                                continue;
                            }
                        case 3: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.positions_conflated = v;
                                else
                                    delete m.positions_conflated;
                                continue;
                            }
                        case 4: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.disconnect_in_ms = v;
                                else
                                    delete m.disconnect_in_ms;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return FlowControl;
            })();

            v1.FlowAction = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "FLOW_ACTION_UNSPECIFIED"] = 0;
                values[valuesById[1] = "FLOW_ACTION_QUEUEING"] = 1;
                values[valuesById[2] = "FLOW_ACTION_RECOVERED"] = 2;
                return values;
            })();

            v1.Problem = (function() {

                const Problem = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                Problem.prototype.code = "";
                Problem.prototype.message = "";
                Problem.prototype.field = "";
                Problem.prototype.subscription_id = "";

                Problem.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.code != null && $Object.hasOwnProperty.call(m, "code") && m.code !== "")
                        w.uint32(10).string(m.code);
                    if (m.message != null && $Object.hasOwnProperty.call(m, "message") && m.message !== "")
                        w.uint32(18).string(m.message);
                    if (m.field != null && $Object.hasOwnProperty.call(m, "field") && m.field !== "")
                        w.uint32(26).string(m.field);
                    if (m.subscription_id != null && $Object.hasOwnProperty.call(m, "subscription_id") && m.subscription_id !== "")
                        w.uint32(34).string(m.subscription_id);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                Problem.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.Problem();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 2)
                                    break;
                                if ((v = r.stringVerify()).length)
                                    m.code = v;
                                else
                                    delete m.code;
                                continue;
                            }
                        case 2: {
                                if (u !== 2)
                                    break;
                                if ((v = r.stringVerify()).length)
                                    m.message = v;
                                else
                                    delete m.message;
                                continue;
                            }
                        case 3: {
                                if (u !== 2)
                                    break;
                                if ((v = r.stringVerify()).length)
                                    m.field = v;
                                else
                                    delete m.field;
                                continue;
                            }
                        case 4: {
                                if (u !== 2)
                                    break;
                                if ((v = r.stringVerify()).length)
                                    m.subscription_id = v;
                                else
                                    delete m.subscription_id;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return Problem;
            })();

            v1.Receipt = (function() {

                const Receipt = function (p) {
                    this.rejected = [];
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                Receipt.prototype.frame_seq = 0;
                Receipt.prototype.accepted = 0;
                Receipt.prototype.duplicate = 0;
                Receipt.prototype.rejected = $util.emptyArray;
                Receipt.prototype.late = 0;
                Receipt.prototype.durable = false;

                Receipt.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.frame_seq != null && $Object.hasOwnProperty.call(m, "frame_seq") && m.frame_seq !== 0)
                        w.uint32(8).uint32(m.frame_seq);
                    if (m.accepted != null && $Object.hasOwnProperty.call(m, "accepted") && m.accepted !== 0)
                        w.uint32(16).uint32(m.accepted);
                    if (m.duplicate != null && $Object.hasOwnProperty.call(m, "duplicate") && m.duplicate !== 0)
                        w.uint32(24).uint32(m.duplicate);
                    if (m.rejected != null && m.rejected.length) {
                        for (var i = 0; i < m.rejected.length; ++i)
                            $root.roadpulse.stream.v1.RejectedCount.encode(m.rejected[i], w.uint32(34).fork(), q + 1).ldelim();
                    }
                    if (m.late != null && $Object.hasOwnProperty.call(m, "late") && m.late !== 0)
                        w.uint32(40).uint32(m.late);
                    if (m.durable != null && $Object.hasOwnProperty.call(m, "durable") && m.durable !== false)
                        w.uint32(48).bool(m.durable);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                Receipt.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.Receipt();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.frame_seq = v;
                                else
                                    delete m.frame_seq;
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.accepted = v;
                                else
                                    delete m.accepted;
                                continue;
                            }
                        case 3: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.duplicate = v;
                                else
                                    delete m.duplicate;
                                continue;
                            }
                        case 4: {
                                if (u !== 2)
                                    break;
                                if (!(m.rejected && m.rejected.length))
                                    m.rejected = [];
                                m.rejected.push($root.roadpulse.stream.v1.RejectedCount.decode(r, r.size(), $undefined, q + 1));
                                continue;
                            }
                        case 5: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.late = v;
                                else
                                    delete m.late;
                                continue;
                            }
                        case 6: {
                                if (u !== 0)
                                    break;
                                if (v = r.bool())
                                    m.durable = v;
                                else
                                    delete m.durable;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return Receipt;
            })();

            v1.RejectedCount = (function() {

                const RejectedCount = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                RejectedCount.prototype.reason = "";
                RejectedCount.prototype.count = 0;
                RejectedCount.prototype.field = "";

                RejectedCount.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.reason != null && $Object.hasOwnProperty.call(m, "reason") && m.reason !== "")
                        w.uint32(10).string(m.reason);
                    if (m.count != null && $Object.hasOwnProperty.call(m, "count") && m.count !== 0)
                        w.uint32(16).uint32(m.count);
                    if (m.field != null && $Object.hasOwnProperty.call(m, "field") && m.field !== "")
                        w.uint32(26).string(m.field);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                RejectedCount.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.RejectedCount();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 2)
                                    break;
                                if ((v = r.stringVerify()).length)
                                    m.reason = v;
                                else
                                    delete m.reason;
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.count = v;
                                else
                                    delete m.count;
                                continue;
                            }
                        case 3: {
                                if (u !== 2)
                                    break;
                                if ((v = r.stringVerify()).length)
                                    m.field = v;
                                else
                                    delete m.field;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return RejectedCount;
            })();

            v1.SessionEvent = (function() {

                const SessionEvent = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                SessionEvent.prototype.slot = 0;
                SessionEvent.prototype.kind = 0;
                SessionEvent.prototype.shed_items = 0;
                SessionEvent.prototype.reason = "";

                SessionEvent.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.slot != null && $Object.hasOwnProperty.call(m, "slot") && m.slot !== 0)
                        w.uint32(8).uint32(m.slot);
                    if (m.kind != null && $Object.hasOwnProperty.call(m, "kind") && m.kind !== 0)
                        w.uint32(16).int32(m.kind);
                    if (m.shed_items != null && $Object.hasOwnProperty.call(m, "shed_items") && m.shed_items !== 0)
                        w.uint32(24).uint32(m.shed_items);
                    if (m.reason != null && $Object.hasOwnProperty.call(m, "reason") && m.reason !== "")
                        w.uint32(34).string(m.reason);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                SessionEvent.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.SessionEvent();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.slot = v;
                                else
                                    delete m.slot;
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                if (v = r.int32())
                                    m.kind = v;
                                else
                                    delete m.kind;
                                continue;
                            }
                        case 3: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.shed_items = v;
                                else
                                    delete m.shed_items;
                                continue;
                            }
                        case 4: {
                                if (u !== 2)
                                    break;
                                if ((v = r.stringVerify()).length)
                                    m.reason = v;
                                else
                                    delete m.reason;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return SessionEvent;
            })();

            v1.SessionEventKind = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "SESSION_EVENT_KIND_UNSPECIFIED"] = 0;
                values[valuesById[1] = "SESSION_EVENT_KIND_OPENED"] = 1;
                values[valuesById[2] = "SESSION_EVENT_KIND_CLOSED"] = 2;
                values[valuesById[3] = "SESSION_EVENT_KIND_SHED"] = 3;
                return values;
            })();

            v1.ReplayRecord = (function() {

                const ReplayRecord = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                ReplayRecord.prototype.received_at_unix_ms = 0;
                ReplayRecord.prototype.message = null;
                ReplayRecord.prototype.session = null;
                ReplayRecord.prototype.end = null;

                let $oneOfFields;

                $Object.defineProperty(ReplayRecord.prototype, "record", {
                    get: $util.oneOfGetter($oneOfFields = ["message", "session", "end"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                ReplayRecord.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.received_at_unix_ms != null && $Object.hasOwnProperty.call(m, "received_at_unix_ms") && !$Object.is(m.received_at_unix_ms, 0))
                        w.uint32(9).double(m.received_at_unix_ms);
                    if (m.message != null && $Object.hasOwnProperty.call(m, "message"))
                        $root.roadpulse.stream.v1.ReplayMessage.encode(m.message, w.uint32(18).fork(), q + 1).ldelim();
                    if (m.session != null && $Object.hasOwnProperty.call(m, "session"))
                        $root.roadpulse.stream.v1.SessionEvent.encode(m.session, w.uint32(26).fork(), q + 1).ldelim();
                    if (m.end != null && $Object.hasOwnProperty.call(m, "end"))
                        $root.roadpulse.stream.v1.ReplayEnd.encode(m.end, w.uint32(34).fork(), q + 1).ldelim();
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                ReplayRecord.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.ReplayRecord();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 1)
                                    break;
                                if (!$Object.is(v = r.double(), 0))
                                    m.received_at_unix_ms = v;
                                else
                                    delete m.received_at_unix_ms;
                                continue;
                            }
                        case 2: {
                                if (u !== 2)
                                    break;
                                m.message = $root.roadpulse.stream.v1.ReplayMessage.decode(r, r.size(), $undefined, q + 1, m.message);
                                m.record = "message";
                                continue;
                            }
                        case 3: {
                                if (u !== 2)
                                    break;
                                m.session = $root.roadpulse.stream.v1.SessionEvent.decode(r, r.size(), $undefined, q + 1, m.session);
                                m.record = "session";
                                continue;
                            }
                        case 4: {
                                if (u !== 2)
                                    break;
                                m.end = $root.roadpulse.stream.v1.ReplayEnd.decode(r, r.size(), $undefined, q + 1, m.end);
                                m.record = "end";
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return ReplayRecord;
            })();

            v1.ReplayMessage = (function() {

                const ReplayMessage = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                ReplayMessage.prototype.slot = 0;
                ReplayMessage.prototype.frame = $util.newBuffer([]);

                ReplayMessage.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.slot != null && $Object.hasOwnProperty.call(m, "slot") && m.slot !== 0)
                        w.uint32(8).uint32(m.slot);
                    if (m.frame != null && $Object.hasOwnProperty.call(m, "frame") && m.frame.length)
                        w.uint32(18).bytes(m.frame);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                ReplayMessage.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.ReplayMessage();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.slot = v;
                                else
                                    delete m.slot;
                                continue;
                            }
                        case 2: {
                                if (u !== 2)
                                    break;
                                if ((v = r.bytes()).length)
                                    m.frame = v;
                                else
                                    delete m.frame;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return ReplayMessage;
            })();

            v1.ReplayEnd = (function() {

                const ReplayEnd = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                ReplayEnd.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                ReplayEnd.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.ReplayEnd();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        r.skipType(t & 7, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return ReplayEnd;
            })();

            v1.ReplayProgress = (function() {

                const ReplayProgress = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                ReplayProgress.prototype.records = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                ReplayProgress.prototype.done = false;

                ReplayProgress.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.records != null && $Object.hasOwnProperty.call(m, "records") && (typeof m.records === "object" ? m.records.low || m.records.high : m.records !== 0))
                        w.uint32(8).uint64(m.records);
                    if (m.done != null && $Object.hasOwnProperty.call(m, "done") && m.done !== false)
                        w.uint32(16).bool(m.done);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                ReplayProgress.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.stream.v1.ReplayProgress();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                if (typeof (v = r.uint64()) === "object" ? v.low || v.high : v !== 0)
                                    m.records = v;
                                else
                                    delete m.records;
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                if (v = r.bool())
                                    m.done = v;
                                else
                                    delete m.done;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return ReplayProgress;
            })();

            return v1;
        })();

        return stream;
    })();

    roadpulse.v2x = (function() {

        const v2x = {};

        v2x.v1 = (function() {

            const v1 = {};

            v1.GeoPoint = (function() {

                const GeoPoint = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                GeoPoint.prototype.latitude_e7 = 0;
                GeoPoint.prototype.longitude_e7 = 0;
                GeoPoint.prototype.altitude_cm = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(GeoPoint.prototype, "_altitude_cm", {
                    get: $util.oneOfGetter($oneOfFields = ["altitude_cm"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                GeoPoint.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.latitude_e7 != null && $Object.hasOwnProperty.call(m, "latitude_e7") && m.latitude_e7 !== 0)
                        w.uint32(13).sfixed32(m.latitude_e7);
                    if (m.longitude_e7 != null && $Object.hasOwnProperty.call(m, "longitude_e7") && m.longitude_e7 !== 0)
                        w.uint32(21).sfixed32(m.longitude_e7);
                    if (m.altitude_cm != null && $Object.hasOwnProperty.call(m, "altitude_cm"))
                        w.uint32(24).sint32(m.altitude_cm);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                GeoPoint.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.v2x.v1.GeoPoint();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 5)
                                    break;
                                if (v = r.sfixed32())
                                    m.latitude_e7 = v;
                                else
                                    delete m.latitude_e7;
                                continue;
                            }
                        case 2: {
                                if (u !== 5)
                                    break;
                                if (v = r.sfixed32())
                                    m.longitude_e7 = v;
                                else
                                    delete m.longitude_e7;
                                continue;
                            }
                        case 3: {
                                if (u !== 0)
                                    break;
                                m.altitude_cm = r.sint32();
                                m._altitude_cm = "altitude_cm";
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return GeoPoint;
            })();

            v1.GeoOffset = (function() {

                const GeoOffset = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                GeoOffset.prototype.delta_latitude_e7 = 0;
                GeoOffset.prototype.delta_longitude_e7 = 0;
                GeoOffset.prototype.delta_altitude_cm = null;
                GeoOffset.prototype.delta_time_cs = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(GeoOffset.prototype, "_delta_altitude_cm", {
                    get: $util.oneOfGetter($oneOfFields = ["delta_altitude_cm"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(GeoOffset.prototype, "_delta_time_cs", {
                    get: $util.oneOfGetter($oneOfFields = ["delta_time_cs"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                GeoOffset.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.delta_latitude_e7 != null && $Object.hasOwnProperty.call(m, "delta_latitude_e7") && m.delta_latitude_e7 !== 0)
                        w.uint32(8).sint32(m.delta_latitude_e7);
                    if (m.delta_longitude_e7 != null && $Object.hasOwnProperty.call(m, "delta_longitude_e7") && m.delta_longitude_e7 !== 0)
                        w.uint32(16).sint32(m.delta_longitude_e7);
                    if (m.delta_altitude_cm != null && $Object.hasOwnProperty.call(m, "delta_altitude_cm"))
                        w.uint32(24).sint32(m.delta_altitude_cm);
                    if (m.delta_time_cs != null && $Object.hasOwnProperty.call(m, "delta_time_cs"))
                        w.uint32(32).uint32(m.delta_time_cs);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                GeoOffset.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.v2x.v1.GeoOffset();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                if (v = r.sint32())
                                    m.delta_latitude_e7 = v;
                                else
                                    delete m.delta_latitude_e7;
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                if (v = r.sint32())
                                    m.delta_longitude_e7 = v;
                                else
                                    delete m.delta_longitude_e7;
                                continue;
                            }
                        case 3: {
                                if (u !== 0)
                                    break;
                                m.delta_altitude_cm = r.sint32();
                                m._delta_altitude_cm = "delta_altitude_cm";
                                continue;
                            }
                        case 4: {
                                if (u !== 0)
                                    break;
                                m.delta_time_cs = r.uint32();
                                m._delta_time_cs = "delta_time_cs";
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return GeoOffset;
            })();

            v1.Path = (function() {

                const Path = function (p) {
                    this.points = [];
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                Path.prototype.points = $util.emptyArray;

                Path.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.points != null && m.points.length) {
                        for (var i = 0; i < m.points.length; ++i)
                            $root.roadpulse.v2x.v1.GeoOffset.encode(m.points[i], w.uint32(10).fork(), q + 1).ldelim();
                    }
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                Path.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.v2x.v1.Path();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 2)
                                    break;
                                if (!(m.points && m.points.length))
                                    m.points = [];
                                m.points.push($root.roadpulse.v2x.v1.GeoOffset.decode(r, r.size(), $undefined, q + 1));
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return Path;
            })();

            v1.ErrorEllipse = (function() {

                const ErrorEllipse = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                ErrorEllipse.prototype.semi_major_cm = 0;
                ErrorEllipse.prototype.semi_minor_cm = 0;
                ErrorEllipse.prototype.orientation_ddeg = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(ErrorEllipse.prototype, "_orientation_ddeg", {
                    get: $util.oneOfGetter($oneOfFields = ["orientation_ddeg"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                ErrorEllipse.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.semi_major_cm != null && $Object.hasOwnProperty.call(m, "semi_major_cm") && m.semi_major_cm !== 0)
                        w.uint32(8).uint32(m.semi_major_cm);
                    if (m.semi_minor_cm != null && $Object.hasOwnProperty.call(m, "semi_minor_cm") && m.semi_minor_cm !== 0)
                        w.uint32(16).uint32(m.semi_minor_cm);
                    if (m.orientation_ddeg != null && $Object.hasOwnProperty.call(m, "orientation_ddeg"))
                        w.uint32(24).uint32(m.orientation_ddeg);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                ErrorEllipse.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.v2x.v1.ErrorEllipse();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.semi_major_cm = v;
                                else
                                    delete m.semi_major_cm;
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.semi_minor_cm = v;
                                else
                                    delete m.semi_minor_cm;
                                continue;
                            }
                        case 3: {
                                if (u !== 0)
                                    break;
                                m.orientation_ddeg = r.uint32();
                                m._orientation_ddeg = "orientation_ddeg";
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return ErrorEllipse;
            })();

            v1.StationType = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "STATION_TYPE_UNSPECIFIED"] = 0;
                values[valuesById[1] = "STATION_TYPE_UNKNOWN"] = 1;
                values[valuesById[2] = "STATION_TYPE_PEDESTRIAN"] = 2;
                values[valuesById[3] = "STATION_TYPE_CYCLIST"] = 3;
                values[valuesById[4] = "STATION_TYPE_MOPED"] = 4;
                values[valuesById[5] = "STATION_TYPE_MOTORCYCLE"] = 5;
                values[valuesById[6] = "STATION_TYPE_PASSENGER_CAR"] = 6;
                values[valuesById[7] = "STATION_TYPE_BUS"] = 7;
                values[valuesById[8] = "STATION_TYPE_LIGHT_TRUCK"] = 8;
                values[valuesById[9] = "STATION_TYPE_HEAVY_TRUCK"] = 9;
                values[valuesById[10] = "STATION_TYPE_TRAILER"] = 10;
                values[valuesById[11] = "STATION_TYPE_SPECIAL_VEHICLE"] = 11;
                values[valuesById[12] = "STATION_TYPE_TRAM"] = 12;
                values[valuesById[13] = "STATION_TYPE_LIGHT_VRU_VEHICLE"] = 13;
                values[valuesById[14] = "STATION_TYPE_ANIMAL"] = 14;
                values[valuesById[15] = "STATION_TYPE_AGRICULTURAL"] = 15;
                values[valuesById[16] = "STATION_TYPE_INFRASTRUCTURE"] = 16;
                return values;
            })();

            v1.AutomationEvent = (function() {

                const AutomationEvent = function (p) {
                    this.planned_path = [];
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                AutomationEvent.prototype.kind = 0;
                AutomationEvent.prototype.position = null;
                AutomationEvent.prototype.sae_level = null;
                AutomationEvent.prototype.engaged = null;
                AutomationEvent.prototype.heading_ddeg = null;
                AutomationEvent.prototype.speed_cmps = null;
                AutomationEvent.prototype.lead_time_ms = null;
                AutomationEvent.prototype.cause = 0;
                AutomationEvent.prototype.design_domain = "";
                AutomationEvent.prototype.planned_path = $util.emptyArray;
                AutomationEvent.prototype.min_acceleration_cmps2 = null;
                AutomationEvent.prototype.occurrence = 0;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(AutomationEvent.prototype, "_sae_level", {
                    get: $util.oneOfGetter($oneOfFields = ["sae_level"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(AutomationEvent.prototype, "_engaged", {
                    get: $util.oneOfGetter($oneOfFields = ["engaged"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(AutomationEvent.prototype, "_heading_ddeg", {
                    get: $util.oneOfGetter($oneOfFields = ["heading_ddeg"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(AutomationEvent.prototype, "_speed_cmps", {
                    get: $util.oneOfGetter($oneOfFields = ["speed_cmps"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(AutomationEvent.prototype, "_lead_time_ms", {
                    get: $util.oneOfGetter($oneOfFields = ["lead_time_ms"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(AutomationEvent.prototype, "_min_acceleration_cmps2", {
                    get: $util.oneOfGetter($oneOfFields = ["min_acceleration_cmps2"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                AutomationEvent.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.kind != null && $Object.hasOwnProperty.call(m, "kind") && m.kind !== 0)
                        w.uint32(8).int32(m.kind);
                    if (m.position != null && $Object.hasOwnProperty.call(m, "position"))
                        $root.roadpulse.v2x.v1.GeoPoint.encode(m.position, w.uint32(18).fork(), q + 1).ldelim();
                    if (m.sae_level != null && $Object.hasOwnProperty.call(m, "sae_level"))
                        w.uint32(24).uint32(m.sae_level);
                    if (m.engaged != null && $Object.hasOwnProperty.call(m, "engaged"))
                        w.uint32(32).bool(m.engaged);
                    if (m.heading_ddeg != null && $Object.hasOwnProperty.call(m, "heading_ddeg"))
                        w.uint32(40).uint32(m.heading_ddeg);
                    if (m.speed_cmps != null && $Object.hasOwnProperty.call(m, "speed_cmps"))
                        w.uint32(48).uint32(m.speed_cmps);
                    if (m.lead_time_ms != null && $Object.hasOwnProperty.call(m, "lead_time_ms"))
                        w.uint32(56).uint32(m.lead_time_ms);
                    if (m.cause != null && $Object.hasOwnProperty.call(m, "cause") && m.cause !== 0)
                        w.uint32(64).int32(m.cause);
                    if (m.design_domain != null && $Object.hasOwnProperty.call(m, "design_domain") && m.design_domain !== "")
                        w.uint32(74).string(m.design_domain);
                    if (m.planned_path != null && m.planned_path.length) {
                        for (var i = 0; i < m.planned_path.length; ++i)
                            $root.roadpulse.v2x.v1.PlannedPoint.encode(m.planned_path[i], w.uint32(82).fork(), q + 1).ldelim();
                    }
                    if (m.min_acceleration_cmps2 != null && $Object.hasOwnProperty.call(m, "min_acceleration_cmps2"))
                        w.uint32(88).sint32(m.min_acceleration_cmps2);
                    if (m.occurrence != null && $Object.hasOwnProperty.call(m, "occurrence") && m.occurrence !== 0)
                        w.uint32(96).uint32(m.occurrence);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                AutomationEvent.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.v2x.v1.AutomationEvent();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                if (v = r.int32())
                                    m.kind = v;
                                else
                                    delete m.kind;
                                continue;
                            }
                        case 2: {
                                if (u !== 2)
                                    break;
                                m.position = $root.roadpulse.v2x.v1.GeoPoint.decode(r, r.size(), $undefined, q + 1, m.position);
                                continue;
                            }
                        case 3: {
                                if (u !== 0)
                                    break;
                                m.sae_level = r.uint32();
                                m._sae_level = "sae_level";
                                continue;
                            }
                        case 4: {
                                if (u !== 0)
                                    break;
                                m.engaged = r.bool();
                                m._engaged = "engaged";
                                continue;
                            }
                        case 5: {
                                if (u !== 0)
                                    break;
                                m.heading_ddeg = r.uint32();
                                m._heading_ddeg = "heading_ddeg";
                                continue;
                            }
                        case 6: {
                                if (u !== 0)
                                    break;
                                m.speed_cmps = r.uint32();
                                m._speed_cmps = "speed_cmps";
                                continue;
                            }
                        case 7: {
                                if (u !== 0)
                                    break;
                                m.lead_time_ms = r.uint32();
                                m._lead_time_ms = "lead_time_ms";
                                continue;
                            }
                        case 8: {
                                if (u !== 0)
                                    break;
                                if (v = r.int32())
                                    m.cause = v;
                                else
                                    delete m.cause;
                                continue;
                            }
                        case 9: {
                                if (u !== 2)
                                    break;
                                if ((v = r.stringVerify()).length)
                                    m.design_domain = v;
                                else
                                    delete m.design_domain;
                                continue;
                            }
                        case 10: {
                                if (u !== 2)
                                    break;
                                if (!(m.planned_path && m.planned_path.length))
                                    m.planned_path = [];
                                m.planned_path.push($root.roadpulse.v2x.v1.PlannedPoint.decode(r, r.size(), $undefined, q + 1));
                                continue;
                            }
                        case 11: {
                                if (u !== 0)
                                    break;
                                m.min_acceleration_cmps2 = r.sint32();
                                m._min_acceleration_cmps2 = "min_acceleration_cmps2";
                                continue;
                            }
                        case 12: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.occurrence = v;
                                else
                                    delete m.occurrence;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return AutomationEvent;
            })();

            v1.AutomationEventKind = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "AUTOMATION_EVENT_KIND_UNSPECIFIED"] = 0;
                values[valuesById[1] = "AUTOMATION_EVENT_KIND_STATUS"] = 1;
                values[valuesById[2] = "AUTOMATION_EVENT_KIND_ENGAGED"] = 2;
                values[valuesById[3] = "AUTOMATION_EVENT_KIND_TAKEOVER_REQUEST"] = 3;
                values[valuesById[4] = "AUTOMATION_EVENT_KIND_DISENGAGEMENT"] = 4;
                values[valuesById[5] = "AUTOMATION_EVENT_KIND_MINIMAL_RISK_MANOEUVRE_STARTED"] = 5;
                values[valuesById[6] = "AUTOMATION_EVENT_KIND_MINIMAL_RISK_MANOEUVRE_ENDED"] = 6;
                values[valuesById[7] = "AUTOMATION_EVENT_KIND_DESIGN_DOMAIN_EXIT_AHEAD"] = 7;
                values[valuesById[8] = "AUTOMATION_EVENT_KIND_DESIGN_DOMAIN_LEFT"] = 8;
                values[valuesById[9] = "AUTOMATION_EVENT_KIND_REMOTE_ASSISTANCE_REQUESTED"] = 9;
                values[valuesById[10] = "AUTOMATION_EVENT_KIND_REMOTE_ASSISTANCE_ENDED"] = 10;
                values[valuesById[11] = "AUTOMATION_EVENT_KIND_HARD_INTERVENTION"] = 11;
                return values;
            })();

            v1.AutomationCause = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "AUTOMATION_CAUSE_UNSPECIFIED"] = 0;
                values[valuesById[1] = "AUTOMATION_CAUSE_WEATHER"] = 1;
                values[valuesById[2] = "AUTOMATION_CAUSE_ROADWORKS"] = 2;
                values[valuesById[3] = "AUTOMATION_CAUSE_LANE_MARKING"] = 3;
                values[valuesById[4] = "AUTOMATION_CAUSE_OBJECT"] = 4;
                values[valuesById[5] = "AUTOMATION_CAUSE_TRAFFIC"] = 5;
                values[valuesById[6] = "AUTOMATION_CAUSE_SYSTEM_FAULT"] = 6;
                values[valuesById[7] = "AUTOMATION_CAUSE_LOCALISATION"] = 7;
                values[valuesById[8] = "AUTOMATION_CAUSE_DRIVER"] = 8;
                values[valuesById[9] = "AUTOMATION_CAUSE_EMERGENCY_VEHICLE"] = 9;
                return values;
            })();

            v1.PlannedPoint = (function() {

                const PlannedPoint = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                PlannedPoint.prototype.offset = null;
                PlannedPoint.prototype.time_offset_ms = 0;
                PlannedPoint.prototype.speed_cmps = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(PlannedPoint.prototype, "_speed_cmps", {
                    get: $util.oneOfGetter($oneOfFields = ["speed_cmps"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                PlannedPoint.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.offset != null && $Object.hasOwnProperty.call(m, "offset"))
                        $root.roadpulse.v2x.v1.GeoOffset.encode(m.offset, w.uint32(10).fork(), q + 1).ldelim();
                    if (m.time_offset_ms != null && $Object.hasOwnProperty.call(m, "time_offset_ms") && m.time_offset_ms !== 0)
                        w.uint32(16).uint32(m.time_offset_ms);
                    if (m.speed_cmps != null && $Object.hasOwnProperty.call(m, "speed_cmps"))
                        w.uint32(24).uint32(m.speed_cmps);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                PlannedPoint.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.v2x.v1.PlannedPoint();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 2)
                                    break;
                                m.offset = $root.roadpulse.v2x.v1.GeoOffset.decode(r, r.size(), $undefined, q + 1, m.offset);
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.time_offset_ms = v;
                                else
                                    delete m.time_offset_ms;
                                continue;
                            }
                        case 3: {
                                if (u !== 0)
                                    break;
                                m.speed_cmps = r.uint32();
                                m._speed_cmps = "speed_cmps";
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return PlannedPoint;
            })();

            v1.Awareness = (function() {

                const Awareness = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                Awareness.prototype.latitude_e7 = 0;
                Awareness.prototype.longitude_e7 = 0;
                Awareness.prototype.speed_cmps = null;
                Awareness.prototype.heading_ddeg = null;
                Awareness.prototype.longitudinal_acceleration_cmps2 = null;
                Awareness.prototype.yaw_rate_cdegps = null;
                Awareness.prototype.source = 0;
                Awareness.prototype.station_type = 0;
                Awareness.prototype.control_bits = null;
                Awareness.prototype.exterior_light_bits = null;
                Awareness.prototype.event_bits = null;
                Awareness.prototype.length_cm = null;
                Awareness.prototype.width_cm = null;
                Awareness.prototype.drive_direction = 0;
                Awareness.prototype.role = 0;
                Awareness.prototype.altitude_cm = null;
                Awareness.prototype.position_confidence = null;
                Awareness.prototype.speed_confidence_cmps = null;
                Awareness.prototype.heading_confidence_ddeg = null;
                Awareness.prototype.lateral_acceleration_cmps2 = null;
                Awareness.prototype.curvature_e4_per_m = null;
                Awareness.prototype.lane_position = null;
                Awareness.prototype.steering_wheel_angle_ddeg = null;
                Awareness.prototype.light_bar_active = null;
                Awareness.prototype.siren_active = null;
                Awareness.prototype.path_history = null;
                Awareness.prototype.wiper_rate_per_min = null;
                Awareness.prototype.message_count = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Awareness.prototype, "_speed_cmps", {
                    get: $util.oneOfGetter($oneOfFields = ["speed_cmps"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Awareness.prototype, "_heading_ddeg", {
                    get: $util.oneOfGetter($oneOfFields = ["heading_ddeg"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Awareness.prototype, "_longitudinal_acceleration_cmps2", {
                    get: $util.oneOfGetter($oneOfFields = ["longitudinal_acceleration_cmps2"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Awareness.prototype, "_yaw_rate_cdegps", {
                    get: $util.oneOfGetter($oneOfFields = ["yaw_rate_cdegps"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Awareness.prototype, "_control_bits", {
                    get: $util.oneOfGetter($oneOfFields = ["control_bits"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Awareness.prototype, "_exterior_light_bits", {
                    get: $util.oneOfGetter($oneOfFields = ["exterior_light_bits"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Awareness.prototype, "_event_bits", {
                    get: $util.oneOfGetter($oneOfFields = ["event_bits"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Awareness.prototype, "_length_cm", {
                    get: $util.oneOfGetter($oneOfFields = ["length_cm"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Awareness.prototype, "_width_cm", {
                    get: $util.oneOfGetter($oneOfFields = ["width_cm"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Awareness.prototype, "_altitude_cm", {
                    get: $util.oneOfGetter($oneOfFields = ["altitude_cm"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Awareness.prototype, "_position_confidence", {
                    get: $util.oneOfGetter($oneOfFields = ["position_confidence"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Awareness.prototype, "_speed_confidence_cmps", {
                    get: $util.oneOfGetter($oneOfFields = ["speed_confidence_cmps"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Awareness.prototype, "_heading_confidence_ddeg", {
                    get: $util.oneOfGetter($oneOfFields = ["heading_confidence_ddeg"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Awareness.prototype, "_lateral_acceleration_cmps2", {
                    get: $util.oneOfGetter($oneOfFields = ["lateral_acceleration_cmps2"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Awareness.prototype, "_curvature_e4_per_m", {
                    get: $util.oneOfGetter($oneOfFields = ["curvature_e4_per_m"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Awareness.prototype, "_lane_position", {
                    get: $util.oneOfGetter($oneOfFields = ["lane_position"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Awareness.prototype, "_steering_wheel_angle_ddeg", {
                    get: $util.oneOfGetter($oneOfFields = ["steering_wheel_angle_ddeg"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Awareness.prototype, "_light_bar_active", {
                    get: $util.oneOfGetter($oneOfFields = ["light_bar_active"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Awareness.prototype, "_siren_active", {
                    get: $util.oneOfGetter($oneOfFields = ["siren_active"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Awareness.prototype, "_path_history", {
                    get: $util.oneOfGetter($oneOfFields = ["path_history"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Awareness.prototype, "_wiper_rate_per_min", {
                    get: $util.oneOfGetter($oneOfFields = ["wiper_rate_per_min"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Awareness.prototype, "_message_count", {
                    get: $util.oneOfGetter($oneOfFields = ["message_count"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                Awareness.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.latitude_e7 != null && $Object.hasOwnProperty.call(m, "latitude_e7") && m.latitude_e7 !== 0)
                        w.uint32(13).sfixed32(m.latitude_e7);
                    if (m.longitude_e7 != null && $Object.hasOwnProperty.call(m, "longitude_e7") && m.longitude_e7 !== 0)
                        w.uint32(21).sfixed32(m.longitude_e7);
                    if (m.speed_cmps != null && $Object.hasOwnProperty.call(m, "speed_cmps"))
                        w.uint32(24).uint32(m.speed_cmps);
                    if (m.heading_ddeg != null && $Object.hasOwnProperty.call(m, "heading_ddeg"))
                        w.uint32(32).uint32(m.heading_ddeg);
                    if (m.longitudinal_acceleration_cmps2 != null && $Object.hasOwnProperty.call(m, "longitudinal_acceleration_cmps2"))
                        w.uint32(40).sint32(m.longitudinal_acceleration_cmps2);
                    if (m.yaw_rate_cdegps != null && $Object.hasOwnProperty.call(m, "yaw_rate_cdegps"))
                        w.uint32(48).sint32(m.yaw_rate_cdegps);
                    if (m.source != null && $Object.hasOwnProperty.call(m, "source") && m.source !== 0)
                        w.uint32(56).int32(m.source);
                    if (m.station_type != null && $Object.hasOwnProperty.call(m, "station_type") && m.station_type !== 0)
                        w.uint32(64).int32(m.station_type);
                    if (m.control_bits != null && $Object.hasOwnProperty.call(m, "control_bits"))
                        w.uint32(72).uint32(m.control_bits);
                    if (m.exterior_light_bits != null && $Object.hasOwnProperty.call(m, "exterior_light_bits"))
                        w.uint32(80).uint32(m.exterior_light_bits);
                    if (m.event_bits != null && $Object.hasOwnProperty.call(m, "event_bits"))
                        w.uint32(88).uint32(m.event_bits);
                    if (m.length_cm != null && $Object.hasOwnProperty.call(m, "length_cm"))
                        w.uint32(96).uint32(m.length_cm);
                    if (m.width_cm != null && $Object.hasOwnProperty.call(m, "width_cm"))
                        w.uint32(104).uint32(m.width_cm);
                    if (m.drive_direction != null && $Object.hasOwnProperty.call(m, "drive_direction") && m.drive_direction !== 0)
                        w.uint32(112).int32(m.drive_direction);
                    if (m.role != null && $Object.hasOwnProperty.call(m, "role") && m.role !== 0)
                        w.uint32(120).int32(m.role);
                    if (m.altitude_cm != null && $Object.hasOwnProperty.call(m, "altitude_cm"))
                        w.uint32(128).sint32(m.altitude_cm);
                    if (m.position_confidence != null && $Object.hasOwnProperty.call(m, "position_confidence"))
                        $root.roadpulse.v2x.v1.ErrorEllipse.encode(m.position_confidence, w.uint32(138).fork(), q + 1).ldelim();
                    if (m.speed_confidence_cmps != null && $Object.hasOwnProperty.call(m, "speed_confidence_cmps"))
                        w.uint32(144).uint32(m.speed_confidence_cmps);
                    if (m.heading_confidence_ddeg != null && $Object.hasOwnProperty.call(m, "heading_confidence_ddeg"))
                        w.uint32(152).uint32(m.heading_confidence_ddeg);
                    if (m.lateral_acceleration_cmps2 != null && $Object.hasOwnProperty.call(m, "lateral_acceleration_cmps2"))
                        w.uint32(160).sint32(m.lateral_acceleration_cmps2);
                    if (m.curvature_e4_per_m != null && $Object.hasOwnProperty.call(m, "curvature_e4_per_m"))
                        w.uint32(168).sint32(m.curvature_e4_per_m);
                    if (m.lane_position != null && $Object.hasOwnProperty.call(m, "lane_position"))
                        w.uint32(176).sint32(m.lane_position);
                    if (m.steering_wheel_angle_ddeg != null && $Object.hasOwnProperty.call(m, "steering_wheel_angle_ddeg"))
                        w.uint32(184).sint32(m.steering_wheel_angle_ddeg);
                    if (m.light_bar_active != null && $Object.hasOwnProperty.call(m, "light_bar_active"))
                        w.uint32(192).bool(m.light_bar_active);
                    if (m.siren_active != null && $Object.hasOwnProperty.call(m, "siren_active"))
                        w.uint32(200).bool(m.siren_active);
                    if (m.path_history != null && $Object.hasOwnProperty.call(m, "path_history"))
                        $root.roadpulse.v2x.v1.Path.encode(m.path_history, w.uint32(210).fork(), q + 1).ldelim();
                    if (m.wiper_rate_per_min != null && $Object.hasOwnProperty.call(m, "wiper_rate_per_min"))
                        w.uint32(216).uint32(m.wiper_rate_per_min);
                    if (m.message_count != null && $Object.hasOwnProperty.call(m, "message_count"))
                        w.uint32(224).uint32(m.message_count);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                Awareness.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.v2x.v1.Awareness();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 5)
                                    break;
                                if (v = r.sfixed32())
                                    m.latitude_e7 = v;
                                else
                                    delete m.latitude_e7;
                                continue;
                            }
                        case 2: {
                                if (u !== 5)
                                    break;
                                if (v = r.sfixed32())
                                    m.longitude_e7 = v;
                                else
                                    delete m.longitude_e7;
                                continue;
                            }
                        case 3: {
                                if (u !== 0)
                                    break;
                                m.speed_cmps = r.uint32();
                                m._speed_cmps = "speed_cmps";
                                continue;
                            }
                        case 4: {
                                if (u !== 0)
                                    break;
                                m.heading_ddeg = r.uint32();
                                m._heading_ddeg = "heading_ddeg";
                                continue;
                            }
                        case 5: {
                                if (u !== 0)
                                    break;
                                m.longitudinal_acceleration_cmps2 = r.sint32();
                                m._longitudinal_acceleration_cmps2 = "longitudinal_acceleration_cmps2";
                                continue;
                            }
                        case 6: {
                                if (u !== 0)
                                    break;
                                m.yaw_rate_cdegps = r.sint32();
                                m._yaw_rate_cdegps = "yaw_rate_cdegps";
                                continue;
                            }
                        case 7: {
                                if (u !== 0)
                                    break;
                                if (v = r.int32())
                                    m.source = v;
                                else
                                    delete m.source;
                                continue;
                            }
                        case 8: {
                                if (u !== 0)
                                    break;
                                if (v = r.int32())
                                    m.station_type = v;
                                else
                                    delete m.station_type;
                                continue;
                            }
                        case 9: {
                                if (u !== 0)
                                    break;
                                m.control_bits = r.uint32();
                                m._control_bits = "control_bits";
                                continue;
                            }
                        case 10: {
                                if (u !== 0)
                                    break;
                                m.exterior_light_bits = r.uint32();
                                m._exterior_light_bits = "exterior_light_bits";
                                continue;
                            }
                        case 11: {
                                if (u !== 0)
                                    break;
                                m.event_bits = r.uint32();
                                m._event_bits = "event_bits";
                                continue;
                            }
                        case 12: {
                                if (u !== 0)
                                    break;
                                m.length_cm = r.uint32();
                                m._length_cm = "length_cm";
                                continue;
                            }
                        case 13: {
                                if (u !== 0)
                                    break;
                                m.width_cm = r.uint32();
                                m._width_cm = "width_cm";
                                continue;
                            }
                        case 14: {
                                if (u !== 0)
                                    break;
                                if (v = r.int32())
                                    m.drive_direction = v;
                                else
                                    delete m.drive_direction;
                                continue;
                            }
                        case 15: {
                                if (u !== 0)
                                    break;
                                if (v = r.int32())
                                    m.role = v;
                                else
                                    delete m.role;
                                continue;
                            }
                        case 16: {
                                if (u !== 0)
                                    break;
                                m.altitude_cm = r.sint32();
                                m._altitude_cm = "altitude_cm";
                                continue;
                            }
                        case 17: {
                                if (u !== 2)
                                    break;
                                m.position_confidence = $root.roadpulse.v2x.v1.ErrorEllipse.decode(r, r.size(), $undefined, q + 1, m.position_confidence);
                                m._position_confidence = "position_confidence";
                                continue;
                            }
                        case 18: {
                                if (u !== 0)
                                    break;
                                m.speed_confidence_cmps = r.uint32();
                                m._speed_confidence_cmps = "speed_confidence_cmps";
                                continue;
                            }
                        case 19: {
                                if (u !== 0)
                                    break;
                                m.heading_confidence_ddeg = r.uint32();
                                m._heading_confidence_ddeg = "heading_confidence_ddeg";
                                continue;
                            }
                        case 20: {
                                if (u !== 0)
                                    break;
                                m.lateral_acceleration_cmps2 = r.sint32();
                                m._lateral_acceleration_cmps2 = "lateral_acceleration_cmps2";
                                continue;
                            }
                        case 21: {
                                if (u !== 0)
                                    break;
                                m.curvature_e4_per_m = r.sint32();
                                m._curvature_e4_per_m = "curvature_e4_per_m";
                                continue;
                            }
                        case 22: {
                                if (u !== 0)
                                    break;
                                m.lane_position = r.sint32();
                                m._lane_position = "lane_position";
                                continue;
                            }
                        case 23: {
                                if (u !== 0)
                                    break;
                                m.steering_wheel_angle_ddeg = r.sint32();
                                m._steering_wheel_angle_ddeg = "steering_wheel_angle_ddeg";
                                continue;
                            }
                        case 24: {
                                if (u !== 0)
                                    break;
                                m.light_bar_active = r.bool();
                                m._light_bar_active = "light_bar_active";
                                continue;
                            }
                        case 25: {
                                if (u !== 0)
                                    break;
                                m.siren_active = r.bool();
                                m._siren_active = "siren_active";
                                continue;
                            }
                        case 26: {
                                if (u !== 2)
                                    break;
                                m.path_history = $root.roadpulse.v2x.v1.Path.decode(r, r.size(), $undefined, q + 1, m.path_history);
                                m._path_history = "path_history";
                                continue;
                            }
                        case 27: {
                                if (u !== 0)
                                    break;
                                m.wiper_rate_per_min = r.uint32();
                                m._wiper_rate_per_min = "wiper_rate_per_min";
                                continue;
                            }
                        case 28: {
                                if (u !== 0)
                                    break;
                                m.message_count = r.uint32();
                                m._message_count = "message_count";
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return Awareness;
            })();

            v1.AwarenessSource = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "AWARENESS_SOURCE_UNSPECIFIED"] = 0;
                values[valuesById[1] = "AWARENESS_SOURCE_CAM"] = 1;
                values[valuesById[2] = "AWARENESS_SOURCE_BSM"] = 2;
                values[valuesById[3] = "AWARENESS_SOURCE_VAM"] = 3;
                return values;
            })();

            v1.DriveDirection = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "DRIVE_DIRECTION_UNSPECIFIED"] = 0;
                values[valuesById[1] = "DRIVE_DIRECTION_FORWARD"] = 1;
                values[valuesById[2] = "DRIVE_DIRECTION_BACKWARD"] = 2;
                return values;
            })();

            v1.VehicleRole = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "VEHICLE_ROLE_UNSPECIFIED"] = 0;
                values[valuesById[1] = "VEHICLE_ROLE_DEFAULT"] = 1;
                values[valuesById[2] = "VEHICLE_ROLE_PUBLIC_TRANSPORT"] = 2;
                values[valuesById[3] = "VEHICLE_ROLE_SPECIAL_TRANSPORT"] = 3;
                values[valuesById[4] = "VEHICLE_ROLE_DANGEROUS_GOODS"] = 4;
                values[valuesById[5] = "VEHICLE_ROLE_ROAD_WORK"] = 5;
                values[valuesById[6] = "VEHICLE_ROLE_RESCUE"] = 6;
                values[valuesById[7] = "VEHICLE_ROLE_EMERGENCY"] = 7;
                values[valuesById[8] = "VEHICLE_ROLE_SAFETY_CAR"] = 8;
                values[valuesById[9] = "VEHICLE_ROLE_AGRICULTURE"] = 9;
                values[valuesById[10] = "VEHICLE_ROLE_COMMERCIAL"] = 10;
                values[valuesById[11] = "VEHICLE_ROLE_MILITARY"] = 11;
                values[valuesById[12] = "VEHICLE_ROLE_ROAD_OPERATOR"] = 12;
                values[valuesById[13] = "VEHICLE_ROLE_TAXI"] = 13;
                return values;
            })();

            v1.HazardNotice = (function() {

                const HazardNotice = function (p) {
                    this.event_zone = [];
                    this.traces = [];
                    this.linked_events = [];
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                HazardNotice.prototype.event = null;
                HazardNotice.prototype.detection_offset_ms = 0;
                HazardNotice.prototype.reference_offset_ms = 0;
                HazardNotice.prototype.termination = 0;
                HazardNotice.prototype.position = null;
                HazardNotice.prototype.validity_s = null;
                HazardNotice.prototype.cause_code = 0;
                HazardNotice.prototype.sub_cause_code = 0;
                HazardNotice.prototype.information_quality = null;
                HazardNotice.prototype.awareness_distance_m = null;
                HazardNotice.prototype.traffic_direction = 0;
                HazardNotice.prototype.event_speed_cmps = null;
                HazardNotice.prototype.event_heading_ddeg = null;
                HazardNotice.prototype.transmission_interval_ms = null;
                HazardNotice.prototype.station_type = 0;
                HazardNotice.prototype.event_zone = $util.emptyArray;
                HazardNotice.prototype.traces = $util.emptyArray;
                HazardNotice.prototype.road_type = 0;
                HazardNotice.prototype.lane_position = null;
                HazardNotice.prototype.linked_cause_code = null;
                HazardNotice.prototype.linked_sub_cause_code = null;
                HazardNotice.prototype.linked_events = $util.emptyArray;
                HazardNotice.prototype.roadworks = null;
                HazardNotice.prototype.stationary_vehicle = null;
                HazardNotice.prototype.external_temperature_c = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(HazardNotice.prototype, "_validity_s", {
                    get: $util.oneOfGetter($oneOfFields = ["validity_s"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(HazardNotice.prototype, "_information_quality", {
                    get: $util.oneOfGetter($oneOfFields = ["information_quality"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(HazardNotice.prototype, "_awareness_distance_m", {
                    get: $util.oneOfGetter($oneOfFields = ["awareness_distance_m"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(HazardNotice.prototype, "_event_speed_cmps", {
                    get: $util.oneOfGetter($oneOfFields = ["event_speed_cmps"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(HazardNotice.prototype, "_event_heading_ddeg", {
                    get: $util.oneOfGetter($oneOfFields = ["event_heading_ddeg"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(HazardNotice.prototype, "_transmission_interval_ms", {
                    get: $util.oneOfGetter($oneOfFields = ["transmission_interval_ms"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(HazardNotice.prototype, "_lane_position", {
                    get: $util.oneOfGetter($oneOfFields = ["lane_position"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(HazardNotice.prototype, "_linked_cause_code", {
                    get: $util.oneOfGetter($oneOfFields = ["linked_cause_code"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(HazardNotice.prototype, "_linked_sub_cause_code", {
                    get: $util.oneOfGetter($oneOfFields = ["linked_sub_cause_code"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(HazardNotice.prototype, "_roadworks", {
                    get: $util.oneOfGetter($oneOfFields = ["roadworks"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(HazardNotice.prototype, "_stationary_vehicle", {
                    get: $util.oneOfGetter($oneOfFields = ["stationary_vehicle"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(HazardNotice.prototype, "_external_temperature_c", {
                    get: $util.oneOfGetter($oneOfFields = ["external_temperature_c"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                HazardNotice.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.event != null && $Object.hasOwnProperty.call(m, "event"))
                        $root.roadpulse.v2x.v1.EventKey.encode(m.event, w.uint32(10).fork(), q + 1).ldelim();
                    if (m.detection_offset_ms != null && $Object.hasOwnProperty.call(m, "detection_offset_ms") && m.detection_offset_ms !== 0)
                        w.uint32(16).sint32(m.detection_offset_ms);
                    if (m.reference_offset_ms != null && $Object.hasOwnProperty.call(m, "reference_offset_ms") && m.reference_offset_ms !== 0)
                        w.uint32(24).sint32(m.reference_offset_ms);
                    if (m.termination != null && $Object.hasOwnProperty.call(m, "termination") && m.termination !== 0)
                        w.uint32(32).int32(m.termination);
                    if (m.position != null && $Object.hasOwnProperty.call(m, "position"))
                        $root.roadpulse.v2x.v1.GeoPoint.encode(m.position, w.uint32(42).fork(), q + 1).ldelim();
                    if (m.validity_s != null && $Object.hasOwnProperty.call(m, "validity_s"))
                        w.uint32(48).uint32(m.validity_s);
                    if (m.cause_code != null && $Object.hasOwnProperty.call(m, "cause_code") && m.cause_code !== 0)
                        w.uint32(56).uint32(m.cause_code);
                    if (m.sub_cause_code != null && $Object.hasOwnProperty.call(m, "sub_cause_code") && m.sub_cause_code !== 0)
                        w.uint32(64).uint32(m.sub_cause_code);
                    if (m.information_quality != null && $Object.hasOwnProperty.call(m, "information_quality"))
                        w.uint32(72).uint32(m.information_quality);
                    if (m.awareness_distance_m != null && $Object.hasOwnProperty.call(m, "awareness_distance_m"))
                        w.uint32(80).uint32(m.awareness_distance_m);
                    if (m.traffic_direction != null && $Object.hasOwnProperty.call(m, "traffic_direction") && m.traffic_direction !== 0)
                        w.uint32(88).int32(m.traffic_direction);
                    if (m.event_speed_cmps != null && $Object.hasOwnProperty.call(m, "event_speed_cmps"))
                        w.uint32(96).uint32(m.event_speed_cmps);
                    if (m.event_heading_ddeg != null && $Object.hasOwnProperty.call(m, "event_heading_ddeg"))
                        w.uint32(104).uint32(m.event_heading_ddeg);
                    if (m.transmission_interval_ms != null && $Object.hasOwnProperty.call(m, "transmission_interval_ms"))
                        w.uint32(112).uint32(m.transmission_interval_ms);
                    if (m.station_type != null && $Object.hasOwnProperty.call(m, "station_type") && m.station_type !== 0)
                        w.uint32(120).int32(m.station_type);
                    if (m.event_zone != null && m.event_zone.length) {
                        for (var i = 0; i < m.event_zone.length; ++i)
                            $root.roadpulse.v2x.v1.GeoOffset.encode(m.event_zone[i], w.uint32(130).fork(), q + 1).ldelim();
                    }
                    if (m.traces != null && m.traces.length) {
                        for (var i = 0; i < m.traces.length; ++i)
                            $root.roadpulse.v2x.v1.Path.encode(m.traces[i], w.uint32(138).fork(), q + 1).ldelim();
                    }
                    if (m.road_type != null && $Object.hasOwnProperty.call(m, "road_type") && m.road_type !== 0)
                        w.uint32(144).int32(m.road_type);
                    if (m.lane_position != null && $Object.hasOwnProperty.call(m, "lane_position"))
                        w.uint32(152).sint32(m.lane_position);
                    if (m.linked_cause_code != null && $Object.hasOwnProperty.call(m, "linked_cause_code"))
                        w.uint32(160).uint32(m.linked_cause_code);
                    if (m.linked_sub_cause_code != null && $Object.hasOwnProperty.call(m, "linked_sub_cause_code"))
                        w.uint32(168).uint32(m.linked_sub_cause_code);
                    if (m.linked_events != null && m.linked_events.length) {
                        for (var i = 0; i < m.linked_events.length; ++i)
                            $root.roadpulse.v2x.v1.EventKey.encode(m.linked_events[i], w.uint32(178).fork(), q + 1).ldelim();
                    }
                    if (m.roadworks != null && $Object.hasOwnProperty.call(m, "roadworks"))
                        $root.roadpulse.v2x.v1.RoadworksDetails.encode(m.roadworks, w.uint32(186).fork(), q + 1).ldelim();
                    if (m.stationary_vehicle != null && $Object.hasOwnProperty.call(m, "stationary_vehicle"))
                        $root.roadpulse.v2x.v1.StationaryVehicleDetails.encode(m.stationary_vehicle, w.uint32(194).fork(), q + 1).ldelim();
                    if (m.external_temperature_c != null && $Object.hasOwnProperty.call(m, "external_temperature_c"))
                        w.uint32(200).sint32(m.external_temperature_c);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                HazardNotice.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.v2x.v1.HazardNotice();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 2)
                                    break;
                                m.event = $root.roadpulse.v2x.v1.EventKey.decode(r, r.size(), $undefined, q + 1, m.event);
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                if (v = r.sint32())
                                    m.detection_offset_ms = v;
                                else
                                    delete m.detection_offset_ms;
                                continue;
                            }
                        case 3: {
                                if (u !== 0)
                                    break;
                                if (v = r.sint32())
                                    m.reference_offset_ms = v;
                                else
                                    delete m.reference_offset_ms;
                                continue;
                            }
                        case 4: {
                                if (u !== 0)
                                    break;
                                if (v = r.int32())
                                    m.termination = v;
                                else
                                    delete m.termination;
                                continue;
                            }
                        case 5: {
                                if (u !== 2)
                                    break;
                                m.position = $root.roadpulse.v2x.v1.GeoPoint.decode(r, r.size(), $undefined, q + 1, m.position);
                                continue;
                            }
                        case 6: {
                                if (u !== 0)
                                    break;
                                m.validity_s = r.uint32();
                                m._validity_s = "validity_s";
                                continue;
                            }
                        case 7: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.cause_code = v;
                                else
                                    delete m.cause_code;
                                continue;
                            }
                        case 8: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.sub_cause_code = v;
                                else
                                    delete m.sub_cause_code;
                                continue;
                            }
                        case 9: {
                                if (u !== 0)
                                    break;
                                m.information_quality = r.uint32();
                                m._information_quality = "information_quality";
                                continue;
                            }
                        case 10: {
                                if (u !== 0)
                                    break;
                                m.awareness_distance_m = r.uint32();
                                m._awareness_distance_m = "awareness_distance_m";
                                continue;
                            }
                        case 11: {
                                if (u !== 0)
                                    break;
                                if (v = r.int32())
                                    m.traffic_direction = v;
                                else
                                    delete m.traffic_direction;
                                continue;
                            }
                        case 12: {
                                if (u !== 0)
                                    break;
                                m.event_speed_cmps = r.uint32();
                                m._event_speed_cmps = "event_speed_cmps";
                                continue;
                            }
                        case 13: {
                                if (u !== 0)
                                    break;
                                m.event_heading_ddeg = r.uint32();
                                m._event_heading_ddeg = "event_heading_ddeg";
                                continue;
                            }
                        case 14: {
                                if (u !== 0)
                                    break;
                                m.transmission_interval_ms = r.uint32();
                                m._transmission_interval_ms = "transmission_interval_ms";
                                continue;
                            }
                        case 15: {
                                if (u !== 0)
                                    break;
                                if (v = r.int32())
                                    m.station_type = v;
                                else
                                    delete m.station_type;
                                continue;
                            }
                        case 16: {
                                if (u !== 2)
                                    break;
                                if (!(m.event_zone && m.event_zone.length))
                                    m.event_zone = [];
                                m.event_zone.push($root.roadpulse.v2x.v1.GeoOffset.decode(r, r.size(), $undefined, q + 1));
                                continue;
                            }
                        case 17: {
                                if (u !== 2)
                                    break;
                                if (!(m.traces && m.traces.length))
                                    m.traces = [];
                                m.traces.push($root.roadpulse.v2x.v1.Path.decode(r, r.size(), $undefined, q + 1));
                                continue;
                            }
                        case 18: {
                                if (u !== 0)
                                    break;
                                if (v = r.int32())
                                    m.road_type = v;
                                else
                                    delete m.road_type;
                                continue;
                            }
                        case 19: {
                                if (u !== 0)
                                    break;
                                m.lane_position = r.sint32();
                                m._lane_position = "lane_position";
                                continue;
                            }
                        case 20: {
                                if (u !== 0)
                                    break;
                                m.linked_cause_code = r.uint32();
                                m._linked_cause_code = "linked_cause_code";
                                continue;
                            }
                        case 21: {
                                if (u !== 0)
                                    break;
                                m.linked_sub_cause_code = r.uint32();
                                m._linked_sub_cause_code = "linked_sub_cause_code";
                                continue;
                            }
                        case 22: {
                                if (u !== 2)
                                    break;
                                if (!(m.linked_events && m.linked_events.length))
                                    m.linked_events = [];
                                m.linked_events.push($root.roadpulse.v2x.v1.EventKey.decode(r, r.size(), $undefined, q + 1));
                                continue;
                            }
                        case 23: {
                                if (u !== 2)
                                    break;
                                m.roadworks = $root.roadpulse.v2x.v1.RoadworksDetails.decode(r, r.size(), $undefined, q + 1, m.roadworks);
                                m._roadworks = "roadworks";
                                continue;
                            }
                        case 24: {
                                if (u !== 2)
                                    break;
                                m.stationary_vehicle = $root.roadpulse.v2x.v1.StationaryVehicleDetails.decode(r, r.size(), $undefined, q + 1, m.stationary_vehicle);
                                m._stationary_vehicle = "stationary_vehicle";
                                continue;
                            }
                        case 25: {
                                if (u !== 0)
                                    break;
                                m.external_temperature_c = r.sint32();
                                m._external_temperature_c = "external_temperature_c";
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return HazardNotice;
            })();

            v1.EventKey = (function() {

                const EventKey = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                EventKey.prototype.originating_station_id = 0;
                EventKey.prototype.sequence_number = 0;

                EventKey.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.originating_station_id != null && $Object.hasOwnProperty.call(m, "originating_station_id") && m.originating_station_id !== 0)
                        w.uint32(13).fixed32(m.originating_station_id);
                    if (m.sequence_number != null && $Object.hasOwnProperty.call(m, "sequence_number") && m.sequence_number !== 0)
                        w.uint32(16).uint32(m.sequence_number);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                EventKey.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.v2x.v1.EventKey();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 5)
                                    break;
                                if (v = r.fixed32())
                                    m.originating_station_id = v;
                                else
                                    delete m.originating_station_id;
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.sequence_number = v;
                                else
                                    delete m.sequence_number;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return EventKey;
            })();

            v1.Termination = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "TERMINATION_UNSPECIFIED"] = 0;
                values[valuesById[1] = "TERMINATION_CANCELLATION"] = 1;
                values[valuesById[2] = "TERMINATION_NEGATION"] = 2;
                return values;
            })();

            v1.TrafficDirection = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "TRAFFIC_DIRECTION_UNSPECIFIED"] = 0;
                values[valuesById[1] = "TRAFFIC_DIRECTION_ALL"] = 1;
                values[valuesById[2] = "TRAFFIC_DIRECTION_UPSTREAM"] = 2;
                values[valuesById[3] = "TRAFFIC_DIRECTION_DOWNSTREAM"] = 3;
                values[valuesById[4] = "TRAFFIC_DIRECTION_OPPOSITE"] = 4;
                return values;
            })();

            v1.RoadType = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "ROAD_TYPE_UNSPECIFIED"] = 0;
                values[valuesById[1] = "ROAD_TYPE_URBAN_UNDIVIDED"] = 1;
                values[valuesById[2] = "ROAD_TYPE_URBAN_DIVIDED"] = 2;
                values[valuesById[3] = "ROAD_TYPE_NON_URBAN_UNDIVIDED"] = 3;
                values[valuesById[4] = "ROAD_TYPE_NON_URBAN_DIVIDED"] = 4;
                return values;
            })();

            v1.RoadworksDetails = (function() {

                const RoadworksDetails = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                RoadworksDetails.prototype.closed_lane_bits = null;
                RoadworksDetails.prototype.speed_limit_kmph = null;
                RoadworksDetails.prototype.start_of_speed_limit = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(RoadworksDetails.prototype, "_closed_lane_bits", {
                    get: $util.oneOfGetter($oneOfFields = ["closed_lane_bits"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(RoadworksDetails.prototype, "_speed_limit_kmph", {
                    get: $util.oneOfGetter($oneOfFields = ["speed_limit_kmph"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(RoadworksDetails.prototype, "_start_of_speed_limit", {
                    get: $util.oneOfGetter($oneOfFields = ["start_of_speed_limit"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                RoadworksDetails.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.closed_lane_bits != null && $Object.hasOwnProperty.call(m, "closed_lane_bits"))
                        w.uint32(8).uint32(m.closed_lane_bits);
                    if (m.speed_limit_kmph != null && $Object.hasOwnProperty.call(m, "speed_limit_kmph"))
                        w.uint32(16).uint32(m.speed_limit_kmph);
                    if (m.start_of_speed_limit != null && $Object.hasOwnProperty.call(m, "start_of_speed_limit"))
                        $root.roadpulse.v2x.v1.GeoOffset.encode(m.start_of_speed_limit, w.uint32(26).fork(), q + 1).ldelim();
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                RoadworksDetails.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.v2x.v1.RoadworksDetails();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                m.closed_lane_bits = r.uint32();
                                m._closed_lane_bits = "closed_lane_bits";
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                m.speed_limit_kmph = r.uint32();
                                m._speed_limit_kmph = "speed_limit_kmph";
                                continue;
                            }
                        case 3: {
                                if (u !== 2)
                                    break;
                                m.start_of_speed_limit = $root.roadpulse.v2x.v1.GeoOffset.decode(r, r.size(), $undefined, q + 1, m.start_of_speed_limit);
                                m._start_of_speed_limit = "start_of_speed_limit";
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return RoadworksDetails;
            })();

            v1.StationaryVehicleDetails = (function() {

                const StationaryVehicleDetails = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                StationaryVehicleDetails.prototype.stationary_since = null;
                StationaryVehicleDetails.prototype.un_number = null;
                StationaryVehicleDetails.prototype.occupants = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(StationaryVehicleDetails.prototype, "_stationary_since", {
                    get: $util.oneOfGetter($oneOfFields = ["stationary_since"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(StationaryVehicleDetails.prototype, "_un_number", {
                    get: $util.oneOfGetter($oneOfFields = ["un_number"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(StationaryVehicleDetails.prototype, "_occupants", {
                    get: $util.oneOfGetter($oneOfFields = ["occupants"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                StationaryVehicleDetails.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.stationary_since != null && $Object.hasOwnProperty.call(m, "stationary_since"))
                        w.uint32(8).uint32(m.stationary_since);
                    if (m.un_number != null && $Object.hasOwnProperty.call(m, "un_number"))
                        w.uint32(16).uint32(m.un_number);
                    if (m.occupants != null && $Object.hasOwnProperty.call(m, "occupants"))
                        w.uint32(24).uint32(m.occupants);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                StationaryVehicleDetails.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.v2x.v1.StationaryVehicleDetails();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                m.stationary_since = r.uint32();
                                m._stationary_since = "stationary_since";
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                m.un_number = r.uint32();
                                m._un_number = "un_number";
                                continue;
                            }
                        case 3: {
                                if (u !== 0)
                                    break;
                                m.occupants = r.uint32();
                                m._occupants = "occupants";
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return StationaryVehicleDetails;
            })();

            v1.PerceivedObjects = (function() {

                const PerceivedObjects = function (p) {
                    this.objects = [];
                    this.regions = [];
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                PerceivedObjects.prototype.reference_position = null;
                PerceivedObjects.prototype.station_type = 0;
                PerceivedObjects.prototype.heading_ddeg = null;
                PerceivedObjects.prototype.speed_cmps = null;
                PerceivedObjects.prototype.objects = $util.emptyArray;
                PerceivedObjects.prototype.regions = $util.emptyArray;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(PerceivedObjects.prototype, "_heading_ddeg", {
                    get: $util.oneOfGetter($oneOfFields = ["heading_ddeg"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(PerceivedObjects.prototype, "_speed_cmps", {
                    get: $util.oneOfGetter($oneOfFields = ["speed_cmps"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                PerceivedObjects.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.reference_position != null && $Object.hasOwnProperty.call(m, "reference_position"))
                        $root.roadpulse.v2x.v1.GeoPoint.encode(m.reference_position, w.uint32(10).fork(), q + 1).ldelim();
                    if (m.station_type != null && $Object.hasOwnProperty.call(m, "station_type") && m.station_type !== 0)
                        w.uint32(16).int32(m.station_type);
                    if (m.heading_ddeg != null && $Object.hasOwnProperty.call(m, "heading_ddeg"))
                        w.uint32(24).uint32(m.heading_ddeg);
                    if (m.speed_cmps != null && $Object.hasOwnProperty.call(m, "speed_cmps"))
                        w.uint32(32).uint32(m.speed_cmps);
                    if (m.objects != null && m.objects.length) {
                        for (var i = 0; i < m.objects.length; ++i)
                            $root.roadpulse.v2x.v1.PerceivedObject.encode(m.objects[i], w.uint32(42).fork(), q + 1).ldelim();
                    }
                    if (m.regions != null && m.regions.length) {
                        for (var i = 0; i < m.regions.length; ++i)
                            $root.roadpulse.v2x.v1.PerceptionRegion.encode(m.regions[i], w.uint32(50).fork(), q + 1).ldelim();
                    }
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                PerceivedObjects.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.v2x.v1.PerceivedObjects();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 2)
                                    break;
                                m.reference_position = $root.roadpulse.v2x.v1.GeoPoint.decode(r, r.size(), $undefined, q + 1, m.reference_position);
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                if (v = r.int32())
                                    m.station_type = v;
                                else
                                    delete m.station_type;
                                continue;
                            }
                        case 3: {
                                if (u !== 0)
                                    break;
                                m.heading_ddeg = r.uint32();
                                m._heading_ddeg = "heading_ddeg";
                                continue;
                            }
                        case 4: {
                                if (u !== 0)
                                    break;
                                m.speed_cmps = r.uint32();
                                m._speed_cmps = "speed_cmps";
                                continue;
                            }
                        case 5: {
                                if (u !== 2)
                                    break;
                                if (!(m.objects && m.objects.length))
                                    m.objects = [];
                                m.objects.push($root.roadpulse.v2x.v1.PerceivedObject.decode(r, r.size(), $undefined, q + 1));
                                continue;
                            }
                        case 6: {
                                if (u !== 2)
                                    break;
                                if (!(m.regions && m.regions.length))
                                    m.regions = [];
                                m.regions.push($root.roadpulse.v2x.v1.PerceptionRegion.decode(r, r.size(), $undefined, q + 1));
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return PerceivedObjects;
            })();

            v1.PerceivedObject = (function() {

                const PerceivedObject = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                PerceivedObject.prototype.object_id = 0;
                PerceivedObject.prototype.measurement_offset_ms = 0;
                PerceivedObject.prototype.east_cm = 0;
                PerceivedObject.prototype.north_cm = 0;
                PerceivedObject.prototype.up_cm = null;
                PerceivedObject.prototype.velocity_east_cmps = null;
                PerceivedObject.prototype.velocity_north_cmps = null;
                PerceivedObject.prototype.orientation_ddeg = null;
                PerceivedObject.prototype.length_cm = null;
                PerceivedObject.prototype.width_cm = null;
                PerceivedObject.prototype.object_class = 0;
                PerceivedObject.prototype.class_confidence_pct = null;
                PerceivedObject.prototype.age_ms = null;
                PerceivedObject.prototype.perception_quality = null;
                PerceivedObject.prototype.position_confidence_cm = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(PerceivedObject.prototype, "_up_cm", {
                    get: $util.oneOfGetter($oneOfFields = ["up_cm"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(PerceivedObject.prototype, "_velocity_east_cmps", {
                    get: $util.oneOfGetter($oneOfFields = ["velocity_east_cmps"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(PerceivedObject.prototype, "_velocity_north_cmps", {
                    get: $util.oneOfGetter($oneOfFields = ["velocity_north_cmps"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(PerceivedObject.prototype, "_orientation_ddeg", {
                    get: $util.oneOfGetter($oneOfFields = ["orientation_ddeg"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(PerceivedObject.prototype, "_length_cm", {
                    get: $util.oneOfGetter($oneOfFields = ["length_cm"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(PerceivedObject.prototype, "_width_cm", {
                    get: $util.oneOfGetter($oneOfFields = ["width_cm"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(PerceivedObject.prototype, "_class_confidence_pct", {
                    get: $util.oneOfGetter($oneOfFields = ["class_confidence_pct"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(PerceivedObject.prototype, "_age_ms", {
                    get: $util.oneOfGetter($oneOfFields = ["age_ms"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(PerceivedObject.prototype, "_perception_quality", {
                    get: $util.oneOfGetter($oneOfFields = ["perception_quality"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(PerceivedObject.prototype, "_position_confidence_cm", {
                    get: $util.oneOfGetter($oneOfFields = ["position_confidence_cm"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                PerceivedObject.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.object_id != null && $Object.hasOwnProperty.call(m, "object_id") && m.object_id !== 0)
                        w.uint32(8).uint32(m.object_id);
                    if (m.measurement_offset_ms != null && $Object.hasOwnProperty.call(m, "measurement_offset_ms") && m.measurement_offset_ms !== 0)
                        w.uint32(16).sint32(m.measurement_offset_ms);
                    if (m.east_cm != null && $Object.hasOwnProperty.call(m, "east_cm") && m.east_cm !== 0)
                        w.uint32(24).sint32(m.east_cm);
                    if (m.north_cm != null && $Object.hasOwnProperty.call(m, "north_cm") && m.north_cm !== 0)
                        w.uint32(32).sint32(m.north_cm);
                    if (m.up_cm != null && $Object.hasOwnProperty.call(m, "up_cm"))
                        w.uint32(40).sint32(m.up_cm);
                    if (m.velocity_east_cmps != null && $Object.hasOwnProperty.call(m, "velocity_east_cmps"))
                        w.uint32(48).sint32(m.velocity_east_cmps);
                    if (m.velocity_north_cmps != null && $Object.hasOwnProperty.call(m, "velocity_north_cmps"))
                        w.uint32(56).sint32(m.velocity_north_cmps);
                    if (m.orientation_ddeg != null && $Object.hasOwnProperty.call(m, "orientation_ddeg"))
                        w.uint32(64).uint32(m.orientation_ddeg);
                    if (m.length_cm != null && $Object.hasOwnProperty.call(m, "length_cm"))
                        w.uint32(72).uint32(m.length_cm);
                    if (m.width_cm != null && $Object.hasOwnProperty.call(m, "width_cm"))
                        w.uint32(80).uint32(m.width_cm);
                    if (m.object_class != null && $Object.hasOwnProperty.call(m, "object_class") && m.object_class !== 0)
                        w.uint32(88).int32(m.object_class);
                    if (m.class_confidence_pct != null && $Object.hasOwnProperty.call(m, "class_confidence_pct"))
                        w.uint32(96).uint32(m.class_confidence_pct);
                    if (m.age_ms != null && $Object.hasOwnProperty.call(m, "age_ms"))
                        w.uint32(104).uint32(m.age_ms);
                    if (m.perception_quality != null && $Object.hasOwnProperty.call(m, "perception_quality"))
                        w.uint32(112).uint32(m.perception_quality);
                    if (m.position_confidence_cm != null && $Object.hasOwnProperty.call(m, "position_confidence_cm"))
                        w.uint32(120).uint32(m.position_confidence_cm);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                PerceivedObject.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.v2x.v1.PerceivedObject();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.object_id = v;
                                else
                                    delete m.object_id;
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                if (v = r.sint32())
                                    m.measurement_offset_ms = v;
                                else
                                    delete m.measurement_offset_ms;
                                continue;
                            }
                        case 3: {
                                if (u !== 0)
                                    break;
                                if (v = r.sint32())
                                    m.east_cm = v;
                                else
                                    delete m.east_cm;
                                continue;
                            }
                        case 4: {
                                if (u !== 0)
                                    break;
                                if (v = r.sint32())
                                    m.north_cm = v;
                                else
                                    delete m.north_cm;
                                continue;
                            }
                        case 5: {
                                if (u !== 0)
                                    break;
                                m.up_cm = r.sint32();
                                m._up_cm = "up_cm";
                                continue;
                            }
                        case 6: {
                                if (u !== 0)
                                    break;
                                m.velocity_east_cmps = r.sint32();
                                m._velocity_east_cmps = "velocity_east_cmps";
                                continue;
                            }
                        case 7: {
                                if (u !== 0)
                                    break;
                                m.velocity_north_cmps = r.sint32();
                                m._velocity_north_cmps = "velocity_north_cmps";
                                continue;
                            }
                        case 8: {
                                if (u !== 0)
                                    break;
                                m.orientation_ddeg = r.uint32();
                                m._orientation_ddeg = "orientation_ddeg";
                                continue;
                            }
                        case 9: {
                                if (u !== 0)
                                    break;
                                m.length_cm = r.uint32();
                                m._length_cm = "length_cm";
                                continue;
                            }
                        case 10: {
                                if (u !== 0)
                                    break;
                                m.width_cm = r.uint32();
                                m._width_cm = "width_cm";
                                continue;
                            }
                        case 11: {
                                if (u !== 0)
                                    break;
                                if (v = r.int32())
                                    m.object_class = v;
                                else
                                    delete m.object_class;
                                continue;
                            }
                        case 12: {
                                if (u !== 0)
                                    break;
                                m.class_confidence_pct = r.uint32();
                                m._class_confidence_pct = "class_confidence_pct";
                                continue;
                            }
                        case 13: {
                                if (u !== 0)
                                    break;
                                m.age_ms = r.uint32();
                                m._age_ms = "age_ms";
                                continue;
                            }
                        case 14: {
                                if (u !== 0)
                                    break;
                                m.perception_quality = r.uint32();
                                m._perception_quality = "perception_quality";
                                continue;
                            }
                        case 15: {
                                if (u !== 0)
                                    break;
                                m.position_confidence_cm = r.uint32();
                                m._position_confidence_cm = "position_confidence_cm";
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return PerceivedObject;
            })();

            v1.ObjectClass = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "OBJECT_CLASS_UNSPECIFIED"] = 0;
                values[valuesById[1] = "OBJECT_CLASS_PASSENGER_CAR"] = 1;
                values[valuesById[2] = "OBJECT_CLASS_BUS"] = 2;
                values[valuesById[3] = "OBJECT_CLASS_TRUCK"] = 3;
                values[valuesById[4] = "OBJECT_CLASS_MOTORCYCLE"] = 4;
                values[valuesById[5] = "OBJECT_CLASS_CYCLIST"] = 5;
                values[valuesById[6] = "OBJECT_CLASS_PEDESTRIAN"] = 6;
                values[valuesById[7] = "OBJECT_CLASS_ANIMAL"] = 7;
                values[valuesById[8] = "OBJECT_CLASS_OTHER"] = 8;
                values[valuesById[9] = "OBJECT_CLASS_RAIL"] = 9;
                values[valuesById[10] = "OBJECT_CLASS_VRU_GROUP"] = 10;
                return values;
            })();

            v1.PerceptionRegion = (function() {

                const PerceptionRegion = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                PerceptionRegion.prototype.radius_cm = 0;
                PerceptionRegion.prototype.start_ddeg = 0;
                PerceptionRegion.prototype.end_ddeg = 0;

                PerceptionRegion.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.radius_cm != null && $Object.hasOwnProperty.call(m, "radius_cm") && m.radius_cm !== 0)
                        w.uint32(8).uint32(m.radius_cm);
                    if (m.start_ddeg != null && $Object.hasOwnProperty.call(m, "start_ddeg") && m.start_ddeg !== 0)
                        w.uint32(16).uint32(m.start_ddeg);
                    if (m.end_ddeg != null && $Object.hasOwnProperty.call(m, "end_ddeg") && m.end_ddeg !== 0)
                        w.uint32(24).uint32(m.end_ddeg);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                PerceptionRegion.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.v2x.v1.PerceptionRegion();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.radius_cm = v;
                                else
                                    delete m.radius_cm;
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.start_ddeg = v;
                                else
                                    delete m.start_ddeg;
                                continue;
                            }
                        case 3: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.end_ddeg = v;
                                else
                                    delete m.end_ddeg;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return PerceptionRegion;
            })();

            v1.SensorReading = (function() {

                const SensorReading = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                SensorReading.prototype.position = null;
                SensorReading.prototype.sensor_name = "";
                SensorReading.prototype.heading_ddeg = null;
                SensorReading.prototype.loop = null;
                SensorReading.prototype.weather = null;
                SensorReading.prototype.unit_health = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(SensorReading.prototype, "_heading_ddeg", {
                    get: $util.oneOfGetter($oneOfFields = ["heading_ddeg"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                $Object.defineProperty(SensorReading.prototype, "reading", {
                    get: $util.oneOfGetter($oneOfFields = ["loop", "weather", "unit_health"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                SensorReading.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.position != null && $Object.hasOwnProperty.call(m, "position"))
                        $root.roadpulse.v2x.v1.GeoPoint.encode(m.position, w.uint32(10).fork(), q + 1).ldelim();
                    if (m.sensor_name != null && $Object.hasOwnProperty.call(m, "sensor_name") && m.sensor_name !== "")
                        w.uint32(18).string(m.sensor_name);
                    if (m.heading_ddeg != null && $Object.hasOwnProperty.call(m, "heading_ddeg"))
                        w.uint32(24).uint32(m.heading_ddeg);
                    if (m.loop != null && $Object.hasOwnProperty.call(m, "loop"))
                        $root.roadpulse.v2x.v1.LoopReading.encode(m.loop, w.uint32(130).fork(), q + 1).ldelim();
                    if (m.weather != null && $Object.hasOwnProperty.call(m, "weather"))
                        $root.roadpulse.v2x.v1.WeatherReading.encode(m.weather, w.uint32(138).fork(), q + 1).ldelim();
                    if (m.unit_health != null && $Object.hasOwnProperty.call(m, "unit_health"))
                        $root.roadpulse.v2x.v1.UnitHealth.encode(m.unit_health, w.uint32(146).fork(), q + 1).ldelim();
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                SensorReading.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.v2x.v1.SensorReading();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 2)
                                    break;
                                m.position = $root.roadpulse.v2x.v1.GeoPoint.decode(r, r.size(), $undefined, q + 1, m.position);
                                continue;
                            }
                        case 2: {
                                if (u !== 2)
                                    break;
                                if ((v = r.stringVerify()).length)
                                    m.sensor_name = v;
                                else
                                    delete m.sensor_name;
                                continue;
                            }
                        case 3: {
                                if (u !== 0)
                                    break;
                                m.heading_ddeg = r.uint32();
                                m._heading_ddeg = "heading_ddeg";
                                continue;
                            }
                        case 16: {
                                if (u !== 2)
                                    break;
                                m.loop = $root.roadpulse.v2x.v1.LoopReading.decode(r, r.size(), $undefined, q + 1, m.loop);
                                m.reading = "loop";
                                continue;
                            }
                        case 17: {
                                if (u !== 2)
                                    break;
                                m.weather = $root.roadpulse.v2x.v1.WeatherReading.decode(r, r.size(), $undefined, q + 1, m.weather);
                                m.reading = "weather";
                                continue;
                            }
                        case 18: {
                                if (u !== 2)
                                    break;
                                m.unit_health = $root.roadpulse.v2x.v1.UnitHealth.decode(r, r.size(), $undefined, q + 1, m.unit_health);
                                m.reading = "unit_health";
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return SensorReading;
            })();

            v1.LoopReading = (function() {

                const LoopReading = function (p) {
                    this.lanes = [];
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                LoopReading.prototype.period_s = 0;
                LoopReading.prototype.lanes = $util.emptyArray;

                LoopReading.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.period_s != null && $Object.hasOwnProperty.call(m, "period_s") && m.period_s !== 0)
                        w.uint32(8).uint32(m.period_s);
                    if (m.lanes != null && m.lanes.length) {
                        for (var i = 0; i < m.lanes.length; ++i)
                            $root.roadpulse.v2x.v1.LaneReading.encode(m.lanes[i], w.uint32(18).fork(), q + 1).ldelim();
                    }
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                LoopReading.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.v2x.v1.LoopReading();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.period_s = v;
                                else
                                    delete m.period_s;
                                continue;
                            }
                        case 2: {
                                if (u !== 2)
                                    break;
                                if (!(m.lanes && m.lanes.length))
                                    m.lanes = [];
                                m.lanes.push($root.roadpulse.v2x.v1.LaneReading.decode(r, r.size(), $undefined, q + 1));
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return LoopReading;
            })();

            v1.LaneReading = (function() {

                const LaneReading = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                LaneReading.prototype.lane = 0;
                LaneReading.prototype.vehicles = null;
                LaneReading.prototype.mean_speed_cmps = null;
                LaneReading.prototype.occupancy_permille = null;
                LaneReading.prototype.faulty = false;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(LaneReading.prototype, "_vehicles", {
                    get: $util.oneOfGetter($oneOfFields = ["vehicles"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(LaneReading.prototype, "_mean_speed_cmps", {
                    get: $util.oneOfGetter($oneOfFields = ["mean_speed_cmps"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(LaneReading.prototype, "_occupancy_permille", {
                    get: $util.oneOfGetter($oneOfFields = ["occupancy_permille"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                LaneReading.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.lane != null && $Object.hasOwnProperty.call(m, "lane") && m.lane !== 0)
                        w.uint32(8).uint32(m.lane);
                    if (m.vehicles != null && $Object.hasOwnProperty.call(m, "vehicles"))
                        w.uint32(16).uint32(m.vehicles);
                    if (m.mean_speed_cmps != null && $Object.hasOwnProperty.call(m, "mean_speed_cmps"))
                        w.uint32(24).uint32(m.mean_speed_cmps);
                    if (m.occupancy_permille != null && $Object.hasOwnProperty.call(m, "occupancy_permille"))
                        w.uint32(32).uint32(m.occupancy_permille);
                    if (m.faulty != null && $Object.hasOwnProperty.call(m, "faulty") && m.faulty !== false)
                        w.uint32(40).bool(m.faulty);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                LaneReading.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.v2x.v1.LaneReading();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.lane = v;
                                else
                                    delete m.lane;
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                m.vehicles = r.uint32();
                                m._vehicles = "vehicles";
                                continue;
                            }
                        case 3: {
                                if (u !== 0)
                                    break;
                                m.mean_speed_cmps = r.uint32();
                                m._mean_speed_cmps = "mean_speed_cmps";
                                continue;
                            }
                        case 4: {
                                if (u !== 0)
                                    break;
                                m.occupancy_permille = r.uint32();
                                m._occupancy_permille = "occupancy_permille";
                                continue;
                            }
                        case 5: {
                                if (u !== 0)
                                    break;
                                if (v = r.bool())
                                    m.faulty = v;
                                else
                                    delete m.faulty;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return LaneReading;
            })();

            v1.WeatherReading = (function() {

                const WeatherReading = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                WeatherReading.prototype.visibility_m = null;
                WeatherReading.prototype.precipitation_cmm_per_h = null;
                WeatherReading.prototype.air_temperature_dc = null;
                WeatherReading.prototype.surface_temperature_dc = null;
                WeatherReading.prototype.surface_state = 0;
                WeatherReading.prototype.water_film_cmm = null;
                WeatherReading.prototype.wind_dmps = null;
                WeatherReading.prototype.gust_dmps = null;
                WeatherReading.prototype.friction_pct = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(WeatherReading.prototype, "_visibility_m", {
                    get: $util.oneOfGetter($oneOfFields = ["visibility_m"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(WeatherReading.prototype, "_precipitation_cmm_per_h", {
                    get: $util.oneOfGetter($oneOfFields = ["precipitation_cmm_per_h"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(WeatherReading.prototype, "_air_temperature_dc", {
                    get: $util.oneOfGetter($oneOfFields = ["air_temperature_dc"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(WeatherReading.prototype, "_surface_temperature_dc", {
                    get: $util.oneOfGetter($oneOfFields = ["surface_temperature_dc"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(WeatherReading.prototype, "_water_film_cmm", {
                    get: $util.oneOfGetter($oneOfFields = ["water_film_cmm"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(WeatherReading.prototype, "_wind_dmps", {
                    get: $util.oneOfGetter($oneOfFields = ["wind_dmps"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(WeatherReading.prototype, "_gust_dmps", {
                    get: $util.oneOfGetter($oneOfFields = ["gust_dmps"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(WeatherReading.prototype, "_friction_pct", {
                    get: $util.oneOfGetter($oneOfFields = ["friction_pct"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                WeatherReading.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.visibility_m != null && $Object.hasOwnProperty.call(m, "visibility_m"))
                        w.uint32(8).uint32(m.visibility_m);
                    if (m.precipitation_cmm_per_h != null && $Object.hasOwnProperty.call(m, "precipitation_cmm_per_h"))
                        w.uint32(16).uint32(m.precipitation_cmm_per_h);
                    if (m.air_temperature_dc != null && $Object.hasOwnProperty.call(m, "air_temperature_dc"))
                        w.uint32(24).sint32(m.air_temperature_dc);
                    if (m.surface_temperature_dc != null && $Object.hasOwnProperty.call(m, "surface_temperature_dc"))
                        w.uint32(32).sint32(m.surface_temperature_dc);
                    if (m.surface_state != null && $Object.hasOwnProperty.call(m, "surface_state") && m.surface_state !== 0)
                        w.uint32(40).int32(m.surface_state);
                    if (m.water_film_cmm != null && $Object.hasOwnProperty.call(m, "water_film_cmm"))
                        w.uint32(48).uint32(m.water_film_cmm);
                    if (m.wind_dmps != null && $Object.hasOwnProperty.call(m, "wind_dmps"))
                        w.uint32(56).uint32(m.wind_dmps);
                    if (m.gust_dmps != null && $Object.hasOwnProperty.call(m, "gust_dmps"))
                        w.uint32(64).uint32(m.gust_dmps);
                    if (m.friction_pct != null && $Object.hasOwnProperty.call(m, "friction_pct"))
                        w.uint32(72).uint32(m.friction_pct);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                WeatherReading.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.v2x.v1.WeatherReading();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                m.visibility_m = r.uint32();
                                m._visibility_m = "visibility_m";
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                m.precipitation_cmm_per_h = r.uint32();
                                m._precipitation_cmm_per_h = "precipitation_cmm_per_h";
                                continue;
                            }
                        case 3: {
                                if (u !== 0)
                                    break;
                                m.air_temperature_dc = r.sint32();
                                m._air_temperature_dc = "air_temperature_dc";
                                continue;
                            }
                        case 4: {
                                if (u !== 0)
                                    break;
                                m.surface_temperature_dc = r.sint32();
                                m._surface_temperature_dc = "surface_temperature_dc";
                                continue;
                            }
                        case 5: {
                                if (u !== 0)
                                    break;
                                if (v = r.int32())
                                    m.surface_state = v;
                                else
                                    delete m.surface_state;
                                continue;
                            }
                        case 6: {
                                if (u !== 0)
                                    break;
                                m.water_film_cmm = r.uint32();
                                m._water_film_cmm = "water_film_cmm";
                                continue;
                            }
                        case 7: {
                                if (u !== 0)
                                    break;
                                m.wind_dmps = r.uint32();
                                m._wind_dmps = "wind_dmps";
                                continue;
                            }
                        case 8: {
                                if (u !== 0)
                                    break;
                                m.gust_dmps = r.uint32();
                                m._gust_dmps = "gust_dmps";
                                continue;
                            }
                        case 9: {
                                if (u !== 0)
                                    break;
                                m.friction_pct = r.uint32();
                                m._friction_pct = "friction_pct";
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return WeatherReading;
            })();

            v1.SurfaceState = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "SURFACE_STATE_UNSPECIFIED"] = 0;
                values[valuesById[1] = "SURFACE_STATE_DRY"] = 1;
                values[valuesById[2] = "SURFACE_STATE_MOIST"] = 2;
                values[valuesById[3] = "SURFACE_STATE_WET"] = 3;
                values[valuesById[4] = "SURFACE_STATE_STANDING_WATER"] = 4;
                values[valuesById[5] = "SURFACE_STATE_ICE"] = 5;
                values[valuesById[6] = "SURFACE_STATE_SNOW"] = 6;
                values[valuesById[7] = "SURFACE_STATE_FROST"] = 7;
                return values;
            })();

            v1.UnitHealth = (function() {

                const UnitHealth = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                UnitHealth.prototype.uptime_s = null;
                UnitHealth.prototype.cpu_pct = null;
                UnitHealth.prototype.queued_messages = null;
                UnitHealth.prototype.lost_messages = null;
                UnitHealth.prototype.silent_ms = null;
                UnitHealth.prototype.gnss_locked = null;
                UnitHealth.prototype.clock_offset_ms = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(UnitHealth.prototype, "_uptime_s", {
                    get: $util.oneOfGetter($oneOfFields = ["uptime_s"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(UnitHealth.prototype, "_cpu_pct", {
                    get: $util.oneOfGetter($oneOfFields = ["cpu_pct"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(UnitHealth.prototype, "_queued_messages", {
                    get: $util.oneOfGetter($oneOfFields = ["queued_messages"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(UnitHealth.prototype, "_lost_messages", {
                    get: $util.oneOfGetter($oneOfFields = ["lost_messages"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(UnitHealth.prototype, "_silent_ms", {
                    get: $util.oneOfGetter($oneOfFields = ["silent_ms"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(UnitHealth.prototype, "_gnss_locked", {
                    get: $util.oneOfGetter($oneOfFields = ["gnss_locked"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(UnitHealth.prototype, "_clock_offset_ms", {
                    get: $util.oneOfGetter($oneOfFields = ["clock_offset_ms"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                UnitHealth.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.uptime_s != null && $Object.hasOwnProperty.call(m, "uptime_s"))
                        w.uint32(8).uint32(m.uptime_s);
                    if (m.cpu_pct != null && $Object.hasOwnProperty.call(m, "cpu_pct"))
                        w.uint32(16).uint32(m.cpu_pct);
                    if (m.queued_messages != null && $Object.hasOwnProperty.call(m, "queued_messages"))
                        w.uint32(24).uint32(m.queued_messages);
                    if (m.lost_messages != null && $Object.hasOwnProperty.call(m, "lost_messages"))
                        w.uint32(32).uint32(m.lost_messages);
                    if (m.silent_ms != null && $Object.hasOwnProperty.call(m, "silent_ms"))
                        w.uint32(40).uint32(m.silent_ms);
                    if (m.gnss_locked != null && $Object.hasOwnProperty.call(m, "gnss_locked"))
                        w.uint32(48).bool(m.gnss_locked);
                    if (m.clock_offset_ms != null && $Object.hasOwnProperty.call(m, "clock_offset_ms"))
                        w.uint32(56).sint32(m.clock_offset_ms);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                UnitHealth.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.v2x.v1.UnitHealth();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                m.uptime_s = r.uint32();
                                m._uptime_s = "uptime_s";
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                m.cpu_pct = r.uint32();
                                m._cpu_pct = "cpu_pct";
                                continue;
                            }
                        case 3: {
                                if (u !== 0)
                                    break;
                                m.queued_messages = r.uint32();
                                m._queued_messages = "queued_messages";
                                continue;
                            }
                        case 4: {
                                if (u !== 0)
                                    break;
                                m.lost_messages = r.uint32();
                                m._lost_messages = "lost_messages";
                                continue;
                            }
                        case 5: {
                                if (u !== 0)
                                    break;
                                m.silent_ms = r.uint32();
                                m._silent_ms = "silent_ms";
                                continue;
                            }
                        case 6: {
                                if (u !== 0)
                                    break;
                                m.gnss_locked = r.bool();
                                m._gnss_locked = "gnss_locked";
                                continue;
                            }
                        case 7: {
                                if (u !== 0)
                                    break;
                                m.clock_offset_ms = r.sint32();
                                m._clock_offset_ms = "clock_offset_ms";
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return UnitHealth;
            })();

            v1.SignalState = (function() {

                const SignalState = function (p) {
                    this.groups = [];
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                SignalState.prototype.intersection = null;
                SignalState.prototype.revision = 0;
                SignalState.prototype.status_bits = null;
                SignalState.prototype.groups = $util.emptyArray;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(SignalState.prototype, "_status_bits", {
                    get: $util.oneOfGetter($oneOfFields = ["status_bits"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                SignalState.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.intersection != null && $Object.hasOwnProperty.call(m, "intersection"))
                        $root.roadpulse.v2x.v1.IntersectionId.encode(m.intersection, w.uint32(10).fork(), q + 1).ldelim();
                    if (m.revision != null && $Object.hasOwnProperty.call(m, "revision") && m.revision !== 0)
                        w.uint32(16).uint32(m.revision);
                    if (m.status_bits != null && $Object.hasOwnProperty.call(m, "status_bits"))
                        w.uint32(24).uint32(m.status_bits);
                    if (m.groups != null && m.groups.length) {
                        for (var i = 0; i < m.groups.length; ++i)
                            $root.roadpulse.v2x.v1.SignalGroupState.encode(m.groups[i], w.uint32(34).fork(), q + 1).ldelim();
                    }
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                SignalState.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.v2x.v1.SignalState();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 2)
                                    break;
                                m.intersection = $root.roadpulse.v2x.v1.IntersectionId.decode(r, r.size(), $undefined, q + 1, m.intersection);
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.revision = v;
                                else
                                    delete m.revision;
                                continue;
                            }
                        case 3: {
                                if (u !== 0)
                                    break;
                                m.status_bits = r.uint32();
                                m._status_bits = "status_bits";
                                continue;
                            }
                        case 4: {
                                if (u !== 2)
                                    break;
                                if (!(m.groups && m.groups.length))
                                    m.groups = [];
                                m.groups.push($root.roadpulse.v2x.v1.SignalGroupState.decode(r, r.size(), $undefined, q + 1));
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return SignalState;
            })();

            v1.IntersectionId = (function() {

                const IntersectionId = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                IntersectionId.prototype.region = null;
                IntersectionId.prototype.id = 0;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(IntersectionId.prototype, "_region", {
                    get: $util.oneOfGetter($oneOfFields = ["region"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                IntersectionId.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.region != null && $Object.hasOwnProperty.call(m, "region"))
                        w.uint32(8).uint32(m.region);
                    if (m.id != null && $Object.hasOwnProperty.call(m, "id") && m.id !== 0)
                        w.uint32(16).uint32(m.id);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                IntersectionId.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.v2x.v1.IntersectionId();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                m.region = r.uint32();
                                m._region = "region";
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.id = v;
                                else
                                    delete m.id;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return IntersectionId;
            })();

            v1.SignalGroupState = (function() {

                const SignalGroupState = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                SignalGroupState.prototype.signal_group = 0;
                SignalGroupState.prototype.phase = 0;
                SignalGroupState.prototype.min_end_offset_ms = null;
                SignalGroupState.prototype.max_end_offset_ms = null;
                SignalGroupState.prototype.likely_end_offset_ms = null;
                SignalGroupState.prototype.confidence_pct = null;
                SignalGroupState.prototype.advised_speed_dmps = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(SignalGroupState.prototype, "_min_end_offset_ms", {
                    get: $util.oneOfGetter($oneOfFields = ["min_end_offset_ms"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(SignalGroupState.prototype, "_max_end_offset_ms", {
                    get: $util.oneOfGetter($oneOfFields = ["max_end_offset_ms"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(SignalGroupState.prototype, "_likely_end_offset_ms", {
                    get: $util.oneOfGetter($oneOfFields = ["likely_end_offset_ms"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(SignalGroupState.prototype, "_confidence_pct", {
                    get: $util.oneOfGetter($oneOfFields = ["confidence_pct"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(SignalGroupState.prototype, "_advised_speed_dmps", {
                    get: $util.oneOfGetter($oneOfFields = ["advised_speed_dmps"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                SignalGroupState.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.signal_group != null && $Object.hasOwnProperty.call(m, "signal_group") && m.signal_group !== 0)
                        w.uint32(8).uint32(m.signal_group);
                    if (m.phase != null && $Object.hasOwnProperty.call(m, "phase") && m.phase !== 0)
                        w.uint32(16).int32(m.phase);
                    if (m.min_end_offset_ms != null && $Object.hasOwnProperty.call(m, "min_end_offset_ms"))
                        w.uint32(24).sint32(m.min_end_offset_ms);
                    if (m.max_end_offset_ms != null && $Object.hasOwnProperty.call(m, "max_end_offset_ms"))
                        w.uint32(32).sint32(m.max_end_offset_ms);
                    if (m.likely_end_offset_ms != null && $Object.hasOwnProperty.call(m, "likely_end_offset_ms"))
                        w.uint32(40).sint32(m.likely_end_offset_ms);
                    if (m.confidence_pct != null && $Object.hasOwnProperty.call(m, "confidence_pct"))
                        w.uint32(48).uint32(m.confidence_pct);
                    if (m.advised_speed_dmps != null && $Object.hasOwnProperty.call(m, "advised_speed_dmps"))
                        w.uint32(56).uint32(m.advised_speed_dmps);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                SignalGroupState.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.v2x.v1.SignalGroupState();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.signal_group = v;
                                else
                                    delete m.signal_group;
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                if (v = r.int32())
                                    m.phase = v;
                                else
                                    delete m.phase;
                                continue;
                            }
                        case 3: {
                                if (u !== 0)
                                    break;
                                m.min_end_offset_ms = r.sint32();
                                m._min_end_offset_ms = "min_end_offset_ms";
                                continue;
                            }
                        case 4: {
                                if (u !== 0)
                                    break;
                                m.max_end_offset_ms = r.sint32();
                                m._max_end_offset_ms = "max_end_offset_ms";
                                continue;
                            }
                        case 5: {
                                if (u !== 0)
                                    break;
                                m.likely_end_offset_ms = r.sint32();
                                m._likely_end_offset_ms = "likely_end_offset_ms";
                                continue;
                            }
                        case 6: {
                                if (u !== 0)
                                    break;
                                m.confidence_pct = r.uint32();
                                m._confidence_pct = "confidence_pct";
                                continue;
                            }
                        case 7: {
                                if (u !== 0)
                                    break;
                                m.advised_speed_dmps = r.uint32();
                                m._advised_speed_dmps = "advised_speed_dmps";
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return SignalGroupState;
            })();

            v1.SignalPhase = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "SIGNAL_PHASE_UNSPECIFIED"] = 0;
                values[valuesById[1] = "SIGNAL_PHASE_DARK"] = 1;
                values[valuesById[2] = "SIGNAL_PHASE_STOP_THEN_PROCEED"] = 2;
                values[valuesById[3] = "SIGNAL_PHASE_STOP_AND_REMAIN"] = 3;
                values[valuesById[4] = "SIGNAL_PHASE_PRE_MOVEMENT"] = 4;
                values[valuesById[5] = "SIGNAL_PHASE_PERMISSIVE_MOVEMENT_ALLOWED"] = 5;
                values[valuesById[6] = "SIGNAL_PHASE_PROTECTED_MOVEMENT_ALLOWED"] = 6;
                values[valuesById[7] = "SIGNAL_PHASE_PERMISSIVE_CLEARANCE"] = 7;
                values[valuesById[8] = "SIGNAL_PHASE_PROTECTED_CLEARANCE"] = 8;
                values[valuesById[9] = "SIGNAL_PHASE_CAUTION_CONFLICTING_TRAFFIC"] = 9;
                return values;
            })();

            v1.IntersectionMap = (function() {

                const IntersectionMap = function (p) {
                    this.lanes = [];
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                IntersectionMap.prototype.intersection = null;
                IntersectionMap.prototype.revision = 0;
                IntersectionMap.prototype.reference_point = null;
                IntersectionMap.prototype.lane_width_cm = null;
                IntersectionMap.prototype.lanes = $util.emptyArray;
                IntersectionMap.prototype.name = "";

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(IntersectionMap.prototype, "_lane_width_cm", {
                    get: $util.oneOfGetter($oneOfFields = ["lane_width_cm"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                IntersectionMap.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.intersection != null && $Object.hasOwnProperty.call(m, "intersection"))
                        $root.roadpulse.v2x.v1.IntersectionId.encode(m.intersection, w.uint32(10).fork(), q + 1).ldelim();
                    if (m.revision != null && $Object.hasOwnProperty.call(m, "revision") && m.revision !== 0)
                        w.uint32(16).uint32(m.revision);
                    if (m.reference_point != null && $Object.hasOwnProperty.call(m, "reference_point"))
                        $root.roadpulse.v2x.v1.GeoPoint.encode(m.reference_point, w.uint32(26).fork(), q + 1).ldelim();
                    if (m.lane_width_cm != null && $Object.hasOwnProperty.call(m, "lane_width_cm"))
                        w.uint32(32).uint32(m.lane_width_cm);
                    if (m.lanes != null && m.lanes.length) {
                        for (var i = 0; i < m.lanes.length; ++i)
                            $root.roadpulse.v2x.v1.IntersectionLane.encode(m.lanes[i], w.uint32(42).fork(), q + 1).ldelim();
                    }
                    if (m.name != null && $Object.hasOwnProperty.call(m, "name") && m.name !== "")
                        w.uint32(50).string(m.name);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                IntersectionMap.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.v2x.v1.IntersectionMap();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 2)
                                    break;
                                m.intersection = $root.roadpulse.v2x.v1.IntersectionId.decode(r, r.size(), $undefined, q + 1, m.intersection);
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.revision = v;
                                else
                                    delete m.revision;
                                continue;
                            }
                        case 3: {
                                if (u !== 2)
                                    break;
                                m.reference_point = $root.roadpulse.v2x.v1.GeoPoint.decode(r, r.size(), $undefined, q + 1, m.reference_point);
                                continue;
                            }
                        case 4: {
                                if (u !== 0)
                                    break;
                                m.lane_width_cm = r.uint32();
                                m._lane_width_cm = "lane_width_cm";
                                continue;
                            }
                        case 5: {
                                if (u !== 2)
                                    break;
                                if (!(m.lanes && m.lanes.length))
                                    m.lanes = [];
                                m.lanes.push($root.roadpulse.v2x.v1.IntersectionLane.decode(r, r.size(), $undefined, q + 1));
                                continue;
                            }
                        case 6: {
                                if (u !== 2)
                                    break;
                                if ((v = r.stringVerify()).length)
                                    m.name = v;
                                else
                                    delete m.name;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return IntersectionMap;
            })();

            v1.IntersectionLane = (function() {

                const IntersectionLane = function (p) {
                    this.nodes = [];
                    this.connections = [];
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                IntersectionLane.prototype.lane_id = 0;
                IntersectionLane.prototype.ingress = false;
                IntersectionLane.prototype.egress = false;
                IntersectionLane.prototype.lane_type = 0;
                IntersectionLane.prototype.nodes = $util.emptyArray;
                IntersectionLane.prototype.connections = $util.emptyArray;
                IntersectionLane.prototype.speed_limit_kmph = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(IntersectionLane.prototype, "_speed_limit_kmph", {
                    get: $util.oneOfGetter($oneOfFields = ["speed_limit_kmph"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                IntersectionLane.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.lane_id != null && $Object.hasOwnProperty.call(m, "lane_id") && m.lane_id !== 0)
                        w.uint32(8).uint32(m.lane_id);
                    if (m.ingress != null && $Object.hasOwnProperty.call(m, "ingress") && m.ingress !== false)
                        w.uint32(16).bool(m.ingress);
                    if (m.egress != null && $Object.hasOwnProperty.call(m, "egress") && m.egress !== false)
                        w.uint32(24).bool(m.egress);
                    if (m.lane_type != null && $Object.hasOwnProperty.call(m, "lane_type") && m.lane_type !== 0)
                        w.uint32(32).int32(m.lane_type);
                    if (m.nodes != null && m.nodes.length) {
                        for (var i = 0; i < m.nodes.length; ++i)
                            $root.roadpulse.v2x.v1.LaneNode.encode(m.nodes[i], w.uint32(42).fork(), q + 1).ldelim();
                    }
                    if (m.connections != null && m.connections.length) {
                        for (var i = 0; i < m.connections.length; ++i)
                            $root.roadpulse.v2x.v1.LaneConnection.encode(m.connections[i], w.uint32(50).fork(), q + 1).ldelim();
                    }
                    if (m.speed_limit_kmph != null && $Object.hasOwnProperty.call(m, "speed_limit_kmph"))
                        w.uint32(56).uint32(m.speed_limit_kmph);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                IntersectionLane.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.v2x.v1.IntersectionLane();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.lane_id = v;
                                else
                                    delete m.lane_id;
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                if (v = r.bool())
                                    m.ingress = v;
                                else
                                    delete m.ingress;
                                continue;
                            }
                        case 3: {
                                if (u !== 0)
                                    break;
                                if (v = r.bool())
                                    m.egress = v;
                                else
                                    delete m.egress;
                                continue;
                            }
                        case 4: {
                                if (u !== 0)
                                    break;
                                if (v = r.int32())
                                    m.lane_type = v;
                                else
                                    delete m.lane_type;
                                continue;
                            }
                        case 5: {
                                if (u !== 2)
                                    break;
                                if (!(m.nodes && m.nodes.length))
                                    m.nodes = [];
                                m.nodes.push($root.roadpulse.v2x.v1.LaneNode.decode(r, r.size(), $undefined, q + 1));
                                continue;
                            }
                        case 6: {
                                if (u !== 2)
                                    break;
                                if (!(m.connections && m.connections.length))
                                    m.connections = [];
                                m.connections.push($root.roadpulse.v2x.v1.LaneConnection.decode(r, r.size(), $undefined, q + 1));
                                continue;
                            }
                        case 7: {
                                if (u !== 0)
                                    break;
                                m.speed_limit_kmph = r.uint32();
                                m._speed_limit_kmph = "speed_limit_kmph";
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return IntersectionLane;
            })();

            v1.LaneNode = (function() {

                const LaneNode = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                LaneNode.prototype.east_cm = 0;
                LaneNode.prototype.north_cm = 0;

                LaneNode.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.east_cm != null && $Object.hasOwnProperty.call(m, "east_cm") && m.east_cm !== 0)
                        w.uint32(8).sint32(m.east_cm);
                    if (m.north_cm != null && $Object.hasOwnProperty.call(m, "north_cm") && m.north_cm !== 0)
                        w.uint32(16).sint32(m.north_cm);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                LaneNode.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.v2x.v1.LaneNode();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                if (v = r.sint32())
                                    m.east_cm = v;
                                else
                                    delete m.east_cm;
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                if (v = r.sint32())
                                    m.north_cm = v;
                                else
                                    delete m.north_cm;
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return LaneNode;
            })();

            v1.LaneConnection = (function() {

                const LaneConnection = function (p) {
                    if (p)
                        for (var ks = $Object.keys(p), i = 0; i < ks.length; ++i)
                            if (p[ks[i]] != null && ks[i] !== "__proto__")
                                this[ks[i]] = p[ks[i]];
                };

                LaneConnection.prototype.lane_id = 0;
                LaneConnection.prototype.signal_group = null;
                LaneConnection.prototype.maneuver_bits = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(LaneConnection.prototype, "_signal_group", {
                    get: $util.oneOfGetter($oneOfFields = ["signal_group"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(LaneConnection.prototype, "_maneuver_bits", {
                    get: $util.oneOfGetter($oneOfFields = ["maneuver_bits"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                LaneConnection.encode = function (m, w, q) {
                    if (!w)
                        w = $Writer.create();
                    if (q === $undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (m.lane_id != null && $Object.hasOwnProperty.call(m, "lane_id") && m.lane_id !== 0)
                        w.uint32(8).uint32(m.lane_id);
                    if (m.signal_group != null && $Object.hasOwnProperty.call(m, "signal_group"))
                        w.uint32(16).uint32(m.signal_group);
                    if (m.maneuver_bits != null && $Object.hasOwnProperty.call(m, "maneuver_bits"))
                        w.uint32(24).uint32(m.maneuver_bits);
                    if (m.$unknowns != null && $Object.hasOwnProperty.call(m, "$unknowns"))
                        for (var i = 0; i < m.$unknowns.length; ++i)
                            w.raw(m.$unknowns[i]);
                    return w;
                };

                LaneConnection.decode = function (r, l, z, q, g) {
                    if (!(r instanceof $Reader))
                        r = $Reader.create(r);
                    if (q === $undefined)
                        q = 0;
                    if (q > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var c, m, v;
                    if (l === $undefined)
                        c = r.len;
                    else {
                        c = r.pos + l;
                        if (c > r.len)
                            throw $RangeError("index out of range");
                        l = r.len;
                        r.len = c;
                    }
                    m = g || new $root.roadpulse.v2x.v1.LaneConnection();
                    while (r.pos < c) {
                        var s = r.pos;
                        var t = r.tag();
                        if (t === z) {
                            z = $undefined;
                            break;
                        }
                        var u = t & 7;
                        switch (t >>>= 3) {
                        case 1: {
                                if (u !== 0)
                                    break;
                                if (v = r.uint32())
                                    m.lane_id = v;
                                else
                                    delete m.lane_id;
                                continue;
                            }
                        case 2: {
                                if (u !== 0)
                                    break;
                                m.signal_group = r.uint32();
                                m._signal_group = "signal_group";
                                continue;
                            }
                        case 3: {
                                if (u !== 0)
                                    break;
                                m.maneuver_bits = r.uint32();
                                m._maneuver_bits = "maneuver_bits";
                                continue;
                            }
                        }
                        r.skipType(u, q, t);
                        if (!r.discardUnknown) {
                            $util.makeProp(m, "$unknowns", false);
                            (m.$unknowns || (m.$unknowns = [])).push(r.raw(s, r.pos));
                        }
                    }
                    if (l !== $undefined) {
                        if (r.pos !== c)
                            throw $RangeError("index out of range");
                        r.len = l;
                    }
                    if (z !== $undefined)
                        throw $Error("missing end group");
                    return m;
                };

                return LaneConnection;
            })();

            v1.LaneType = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "LANE_TYPE_UNSPECIFIED"] = 0;
                values[valuesById[1] = "LANE_TYPE_VEHICLE"] = 1;
                values[valuesById[2] = "LANE_TYPE_CROSSWALK"] = 2;
                values[valuesById[3] = "LANE_TYPE_BIKE"] = 3;
                values[valuesById[4] = "LANE_TYPE_SIDEWALK"] = 4;
                values[valuesById[5] = "LANE_TYPE_TRACKED_VEHICLE"] = 5;
                values[valuesById[6] = "LANE_TYPE_PARKING"] = 6;
                return values;
            })();

            return v1;
        })();

        return v2x;
    })();

    return roadpulse;
})();

export {
  $root as default
};
