import * as $protobuf from "protobufjs";

/** Namespace roadpulse. */
export namespace roadpulse {

    /** Namespace stream. */
    namespace stream {

        /** Namespace v1. */
        namespace v1 {

            /**
             * Properties of an IngestFrame.
             * @deprecated Use roadpulse.stream.v1.IngestFrame.$Properties instead.
             */
            interface IIngestFrame extends roadpulse.stream.v1.IngestFrame.$Properties {
            }

            /** Represents an IngestFrame. */
            class IngestFrame {

                /**
                 * Constructs a new IngestFrame.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.IngestFrame.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** IngestFrame base_time_unix_ms. */
                base_time_unix_ms: number;

                /** IngestFrame frame_seq. */
                frame_seq: number;

                /** IngestFrame items. */
                items: roadpulse.stream.v1.IngestItem.$Properties[];

                /** IngestFrame hello. */
                hello?: (roadpulse.stream.v1.Hello.$Properties|null);

                /** IngestFrame schema_minor. */
                schema_minor: number;

                /** IngestFrame want_receipt. */
                want_receipt: boolean;

                /** IngestFrame subscribe. */
                subscribe?: (roadpulse.stream.v1.Subscribe.$Properties|null);

                /** IngestFrame unsubscribe. */
                unsubscribe?: (roadpulse.stream.v1.Unsubscribe.$Properties|null);

                /** IngestFrame authenticate. */
                authenticate?: (roadpulse.stream.v1.Authenticate.$Properties|null);

                /** IngestFrame want_durable_receipt. */
                want_durable_receipt: boolean;

                /**
                 * Encodes the specified IngestFrame message. Does not implicitly {@link roadpulse.stream.v1.IngestFrame.verify|verify} messages.
                 * @param m IngestFrame message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.IngestFrame.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an IngestFrame message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.IngestFrame & roadpulse.stream.v1.IngestFrame.$Shape} IngestFrame
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.IngestFrame & roadpulse.stream.v1.IngestFrame.$Shape;
            }

            namespace IngestFrame {

                /** Properties of an IngestFrame. */
                interface $Properties {

                    /** IngestFrame base_time_unix_ms */
                    base_time_unix_ms?: (number|null);

                    /** IngestFrame frame_seq */
                    frame_seq?: (number|null);

                    /** IngestFrame items */
                    items?: (roadpulse.stream.v1.IngestItem.$Properties[]|null);

                    /** IngestFrame hello */
                    hello?: (roadpulse.stream.v1.Hello.$Properties|null);

                    /** IngestFrame schema_minor */
                    schema_minor?: (number|null);

                    /** IngestFrame want_receipt */
                    want_receipt?: (boolean|null);

                    /** IngestFrame subscribe */
                    subscribe?: (roadpulse.stream.v1.Subscribe.$Properties|null);

                    /** IngestFrame unsubscribe */
                    unsubscribe?: (roadpulse.stream.v1.Unsubscribe.$Properties|null);

                    /** IngestFrame authenticate */
                    authenticate?: (roadpulse.stream.v1.Authenticate.$Properties|null);

                    /** IngestFrame want_durable_receipt */
                    want_durable_receipt?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an IngestFrame. */
                type $Shape = {
                  base_time_unix_ms?: number|null;
                  frame_seq?: number|null;
                  items?: roadpulse.stream.v1.IngestItem.$Shape[]|null;
                  hello?: roadpulse.stream.v1.Hello.$Shape|null;
                  schema_minor?: number|null;
                  want_receipt?: boolean|null;
                  subscribe?: roadpulse.stream.v1.Subscribe.$Shape|null;
                  unsubscribe?: roadpulse.stream.v1.Unsubscribe.$Shape|null;
                  authenticate?: roadpulse.stream.v1.Authenticate.$Shape|null;
                  want_durable_receipt?: boolean|null;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a Hello.
             * @deprecated Use roadpulse.stream.v1.Hello.$Properties instead.
             */
            interface IHello extends roadpulse.stream.v1.Hello.$Properties {
            }

            /** Represents a Hello. */
            class Hello {

                /**
                 * Constructs a new Hello.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.Hello.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Hello source_id. */
                source_id: string;

                /** Hello kind. */
                kind: roadpulse.stream.v1.SourceKind;

                /** Hello time_base. */
                time_base: roadpulse.stream.v1.TimeBase;

                /** Hello software. */
                software: string;

                /** Hello receipts. */
                receipts: boolean;

                /**
                 * Encodes the specified Hello message. Does not implicitly {@link roadpulse.stream.v1.Hello.verify|verify} messages.
                 * @param m Hello message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.Hello.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Hello message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.Hello & roadpulse.stream.v1.Hello.$Shape} Hello
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.Hello & roadpulse.stream.v1.Hello.$Shape;
            }

            namespace Hello {

                /** Properties of a Hello. */
                interface $Properties {

                    /** Hello source_id */
                    source_id?: (string|null);

                    /** Hello kind */
                    kind?: (roadpulse.stream.v1.SourceKind|null);

                    /** Hello time_base */
                    time_base?: (roadpulse.stream.v1.TimeBase|null);

                    /** Hello software */
                    software?: (string|null);

                    /** Hello receipts */
                    receipts?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Hello. */
                type $Shape = roadpulse.stream.v1.Hello.$Properties;
            }

            /** SourceKind enum. */
            enum SourceKind {

                /** SOURCE_KIND_UNSPECIFIED value */
                SOURCE_KIND_UNSPECIFIED = 0,

                /** SOURCE_KIND_VEHICLE value */
                SOURCE_KIND_VEHICLE = 1,

                /** SOURCE_KIND_RSU value */
                SOURCE_KIND_RSU = 2,

                /** SOURCE_KIND_GATEWAY value */
                SOURCE_KIND_GATEWAY = 3
            }

            /** TimeBase enum. */
            enum TimeBase {

                /** TIME_BASE_UNSPECIFIED value */
                TIME_BASE_UNSPECIFIED = 0,

                /** TIME_BASE_UTC value */
                TIME_BASE_UTC = 1,

                /** TIME_BASE_TAI value */
                TIME_BASE_TAI = 2,

                /** TIME_BASE_UTC_NO_LEAP value */
                TIME_BASE_UTC_NO_LEAP = 3
            }

            /**
             * Properties of an IngestItem.
             * @deprecated Use roadpulse.stream.v1.IngestItem.$Properties instead.
             */
            interface IIngestItem extends roadpulse.stream.v1.IngestItem.$Properties {
            }

            /** Represents an IngestItem. */
            class IngestItem {

                /**
                 * Constructs a new IngestItem.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.IngestItem.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** IngestItem station_id. */
                station_id: number;

                /** IngestItem time_offset_ms. */
                time_offset_ms: number;

                /** IngestItem receiver_id. */
                receiver_id?: (number|null);

                /** IngestItem original_format. */
                original_format: roadpulse.stream.v1.OriginalFormat;

                /** IngestItem original_payload. */
                original_payload?: (Uint8Array|null);

                /** IngestItem security_verdict. */
                security_verdict: roadpulse.stream.v1.SecurityVerdict;

                /** IngestItem awareness. */
                awareness?: (roadpulse.v2x.v1.Awareness.$Properties|null);

                /** IngestItem hazard. */
                hazard?: (roadpulse.v2x.v1.HazardNotice.$Properties|null);

                /** IngestItem perceived. */
                perceived?: (roadpulse.v2x.v1.PerceivedObjects.$Properties|null);

                /** IngestItem signal. */
                signal?: (roadpulse.v2x.v1.SignalState.$Properties|null);

                /** IngestItem intersection. */
                intersection?: (roadpulse.v2x.v1.IntersectionMap.$Properties|null);

                /** IngestItem automation. */
                automation?: (roadpulse.v2x.v1.AutomationEvent.$Properties|null);

                /** IngestItem sensor. */
                sensor?: (roadpulse.v2x.v1.SensorReading.$Properties|null);

                /** IngestItem body. */
                body?: ("awareness"|"hazard"|"perceived"|"signal"|"intersection"|"automation"|"sensor");

                /**
                 * Encodes the specified IngestItem message. Does not implicitly {@link roadpulse.stream.v1.IngestItem.verify|verify} messages.
                 * @param m IngestItem message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.IngestItem.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an IngestItem message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.IngestItem & roadpulse.stream.v1.IngestItem.$Shape} IngestItem
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.IngestItem & roadpulse.stream.v1.IngestItem.$Shape;
            }

            namespace IngestItem {

                /** Properties of an IngestItem. */
                interface $Properties {

                    /** IngestItem station_id */
                    station_id?: (number|null);

                    /** IngestItem time_offset_ms */
                    time_offset_ms?: (number|null);

                    /** IngestItem receiver_id */
                    receiver_id?: (number|null);

                    /** IngestItem original_format */
                    original_format?: (roadpulse.stream.v1.OriginalFormat|null);

                    /** IngestItem original_payload */
                    original_payload?: (Uint8Array|null);

                    /** IngestItem security_verdict */
                    security_verdict?: (roadpulse.stream.v1.SecurityVerdict|null);

                    /** IngestItem awareness */
                    awareness?: (roadpulse.v2x.v1.Awareness.$Properties|null);

                    /** IngestItem hazard */
                    hazard?: (roadpulse.v2x.v1.HazardNotice.$Properties|null);

                    /** IngestItem perceived */
                    perceived?: (roadpulse.v2x.v1.PerceivedObjects.$Properties|null);

                    /** IngestItem signal */
                    signal?: (roadpulse.v2x.v1.SignalState.$Properties|null);

                    /** IngestItem intersection */
                    intersection?: (roadpulse.v2x.v1.IntersectionMap.$Properties|null);

                    /** IngestItem automation */
                    automation?: (roadpulse.v2x.v1.AutomationEvent.$Properties|null);

                    /** IngestItem sensor */
                    sensor?: (roadpulse.v2x.v1.SensorReading.$Properties|null);

                    /** IngestItem body */
                    body?: ("awareness"|"hazard"|"perceived"|"signal"|"intersection"|"automation"|"sensor");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of an IngestItem. */
                type $Shape = {
                  station_id?: number|null;
                  time_offset_ms?: number|null;
                  receiver_id?: number|null;
                  original_format?: roadpulse.stream.v1.OriginalFormat|null;
                  original_payload?: Uint8Array|null;
                  security_verdict?: roadpulse.stream.v1.SecurityVerdict|null;
                  awareness?: roadpulse.v2x.v1.Awareness.$Shape|null;
                  hazard?: roadpulse.v2x.v1.HazardNotice.$Shape|null;
                  perceived?: roadpulse.v2x.v1.PerceivedObjects.$Shape|null;
                  signal?: roadpulse.v2x.v1.SignalState.$Shape|null;
                  intersection?: roadpulse.v2x.v1.IntersectionMap.$Shape|null;
                  automation?: roadpulse.v2x.v1.AutomationEvent.$Shape|null;
                  sensor?: roadpulse.v2x.v1.SensorReading.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ body?: undefined; awareness?: null; hazard?: null; perceived?: null; signal?: null; intersection?: null; automation?: null; sensor?: null }|{ body?: "awareness"; awareness: roadpulse.v2x.v1.Awareness.$Shape; hazard?: null; perceived?: null; signal?: null; intersection?: null; automation?: null; sensor?: null }|{ body?: "hazard"; awareness?: null; hazard: roadpulse.v2x.v1.HazardNotice.$Shape; perceived?: null; signal?: null; intersection?: null; automation?: null; sensor?: null }|{ body?: "perceived"; awareness?: null; hazard?: null; perceived: roadpulse.v2x.v1.PerceivedObjects.$Shape; signal?: null; intersection?: null; automation?: null; sensor?: null }|{ body?: "signal"; awareness?: null; hazard?: null; perceived?: null; signal: roadpulse.v2x.v1.SignalState.$Shape; intersection?: null; automation?: null; sensor?: null }|{ body?: "intersection"; awareness?: null; hazard?: null; perceived?: null; signal?: null; intersection: roadpulse.v2x.v1.IntersectionMap.$Shape; automation?: null; sensor?: null }|{ body?: "automation"; awareness?: null; hazard?: null; perceived?: null; signal?: null; intersection?: null; automation: roadpulse.v2x.v1.AutomationEvent.$Shape; sensor?: null }|{ body?: "sensor"; awareness?: null; hazard?: null; perceived?: null; signal?: null; intersection?: null; automation?: null; sensor: roadpulse.v2x.v1.SensorReading.$Shape })
                );
            }

            /** OriginalFormat enum. */
            enum OriginalFormat {

                /** ORIGINAL_FORMAT_UNSPECIFIED value */
                ORIGINAL_FORMAT_UNSPECIFIED = 0,

                /** ORIGINAL_FORMAT_ETSI_UPER value */
                ORIGINAL_FORMAT_ETSI_UPER = 1,

                /** ORIGINAL_FORMAT_J2735_UPER value */
                ORIGINAL_FORMAT_J2735_UPER = 2,

                /** ORIGINAL_FORMAT_ODE_JSON value */
                ORIGINAL_FORMAT_ODE_JSON = 3,

                /** ORIGINAL_FORMAT_TRAJECTORY_CSV value */
                ORIGINAL_FORMAT_TRAJECTORY_CSV = 4
            }

            /** SecurityVerdict enum. */
            enum SecurityVerdict {

                /** SECURITY_VERDICT_UNSPECIFIED value */
                SECURITY_VERDICT_UNSPECIFIED = 0,

                /** SECURITY_VERDICT_VALID value */
                SECURITY_VERDICT_VALID = 1,

                /** SECURITY_VERDICT_INVALID value */
                SECURITY_VERDICT_INVALID = 2,

                /** SECURITY_VERDICT_UNSIGNED value */
                SECURITY_VERDICT_UNSIGNED = 3
            }

            /**
             * Properties of a SubscriberMessage.
             * @deprecated Use roadpulse.stream.v1.SubscriberMessage.$Properties instead.
             */
            interface ISubscriberMessage extends roadpulse.stream.v1.SubscriberMessage.$Properties {
            }

            /** Represents a SubscriberMessage. */
            class SubscriberMessage {

                /**
                 * Constructs a new SubscriberMessage.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.SubscriberMessage.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SubscriberMessage subscribe. */
                subscribe?: (roadpulse.stream.v1.Subscribe.$Properties|null);

                /** SubscriberMessage unsubscribe. */
                unsubscribe?: (roadpulse.stream.v1.Unsubscribe.$Properties|null);

                /** SubscriberMessage acknowledge. */
                acknowledge?: (roadpulse.stream.v1.Acknowledge.$Properties|null);

                /** SubscriberMessage authenticate. */
                authenticate?: (roadpulse.stream.v1.Authenticate.$Properties|null);

                /** SubscriberMessage message. */
                message?: ("subscribe"|"unsubscribe"|"acknowledge"|"authenticate");

                /**
                 * Encodes the specified SubscriberMessage message. Does not implicitly {@link roadpulse.stream.v1.SubscriberMessage.verify|verify} messages.
                 * @param m SubscriberMessage message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.SubscriberMessage.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SubscriberMessage message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.SubscriberMessage & roadpulse.stream.v1.SubscriberMessage.$Shape} SubscriberMessage
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.SubscriberMessage & roadpulse.stream.v1.SubscriberMessage.$Shape;
            }

            namespace SubscriberMessage {

                /** Properties of a SubscriberMessage. */
                interface $Properties {

                    /** SubscriberMessage subscribe */
                    subscribe?: (roadpulse.stream.v1.Subscribe.$Properties|null);

                    /** SubscriberMessage unsubscribe */
                    unsubscribe?: (roadpulse.stream.v1.Unsubscribe.$Properties|null);

                    /** SubscriberMessage acknowledge */
                    acknowledge?: (roadpulse.stream.v1.Acknowledge.$Properties|null);

                    /** SubscriberMessage authenticate */
                    authenticate?: (roadpulse.stream.v1.Authenticate.$Properties|null);

                    /** SubscriberMessage message */
                    message?: ("subscribe"|"unsubscribe"|"acknowledge"|"authenticate");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a SubscriberMessage. */
                type $Shape = {
                  subscribe?: roadpulse.stream.v1.Subscribe.$Shape|null;
                  unsubscribe?: roadpulse.stream.v1.Unsubscribe.$Shape|null;
                  acknowledge?: roadpulse.stream.v1.Acknowledge.$Shape|null;
                  authenticate?: roadpulse.stream.v1.Authenticate.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ message?: undefined; subscribe?: null; unsubscribe?: null; acknowledge?: null; authenticate?: null }|{ message?: "subscribe"; subscribe: roadpulse.stream.v1.Subscribe.$Shape; unsubscribe?: null; acknowledge?: null; authenticate?: null }|{ message?: "unsubscribe"; subscribe?: null; unsubscribe: roadpulse.stream.v1.Unsubscribe.$Shape; acknowledge?: null; authenticate?: null }|{ message?: "acknowledge"; subscribe?: null; unsubscribe?: null; acknowledge: roadpulse.stream.v1.Acknowledge.$Shape; authenticate?: null }|{ message?: "authenticate"; subscribe?: null; unsubscribe?: null; acknowledge?: null; authenticate: roadpulse.stream.v1.Authenticate.$Shape })
                );
            }

            /**
             * Properties of an Authenticate.
             * @deprecated Use roadpulse.stream.v1.Authenticate.$Properties instead.
             */
            interface IAuthenticate extends roadpulse.stream.v1.Authenticate.$Properties {
            }

            /** Represents an Authenticate. */
            class Authenticate {

                /**
                 * Constructs a new Authenticate.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.Authenticate.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Authenticate token. */
                token: string;

                /**
                 * Encodes the specified Authenticate message. Does not implicitly {@link roadpulse.stream.v1.Authenticate.verify|verify} messages.
                 * @param m Authenticate message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.Authenticate.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Authenticate message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.Authenticate & roadpulse.stream.v1.Authenticate.$Shape} Authenticate
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.Authenticate & roadpulse.stream.v1.Authenticate.$Shape;
            }

            namespace Authenticate {

                /** Properties of an Authenticate. */
                interface $Properties {

                    /** Authenticate token */
                    token?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Authenticate. */
                type $Shape = roadpulse.stream.v1.Authenticate.$Properties;
            }

            /**
             * Properties of a ServerMessage.
             * @deprecated Use roadpulse.stream.v1.ServerMessage.$Properties instead.
             */
            interface IServerMessage extends roadpulse.stream.v1.ServerMessage.$Properties {
            }

            /** Represents a ServerMessage. */
            class ServerMessage {

                /**
                 * Constructs a new ServerMessage.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.ServerMessage.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ServerMessage welcome. */
                welcome?: (roadpulse.stream.v1.Welcome.$Properties|null);

                /** ServerMessage subscribed. */
                subscribed?: (roadpulse.stream.v1.Subscribed.$Properties|null);

                /** ServerMessage alerts. */
                alerts?: (roadpulse.stream.v1.AlertBatch.$Properties|null);

                /** ServerMessage positions. */
                positions?: (roadpulse.stream.v1.PositionBatch.$Properties|null);

                /** ServerMessage gap. */
                gap?: (roadpulse.stream.v1.Gap.$Properties|null);

                /** ServerMessage flow_control. */
                flow_control?: (roadpulse.stream.v1.FlowControl.$Properties|null);

                /** ServerMessage problem. */
                problem?: (roadpulse.stream.v1.Problem.$Properties|null);

                /** ServerMessage receipt. */
                receipt?: (roadpulse.stream.v1.Receipt.$Properties|null);

                /** ServerMessage message. */
                message?: ("welcome"|"subscribed"|"alerts"|"positions"|"gap"|"flow_control"|"problem"|"receipt");

                /**
                 * Encodes the specified ServerMessage message. Does not implicitly {@link roadpulse.stream.v1.ServerMessage.verify|verify} messages.
                 * @param m ServerMessage message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.ServerMessage.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ServerMessage message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.ServerMessage & roadpulse.stream.v1.ServerMessage.$Shape} ServerMessage
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.ServerMessage & roadpulse.stream.v1.ServerMessage.$Shape;
            }

            namespace ServerMessage {

                /** Properties of a ServerMessage. */
                interface $Properties {

                    /** ServerMessage welcome */
                    welcome?: (roadpulse.stream.v1.Welcome.$Properties|null);

                    /** ServerMessage subscribed */
                    subscribed?: (roadpulse.stream.v1.Subscribed.$Properties|null);

                    /** ServerMessage alerts */
                    alerts?: (roadpulse.stream.v1.AlertBatch.$Properties|null);

                    /** ServerMessage positions */
                    positions?: (roadpulse.stream.v1.PositionBatch.$Properties|null);

                    /** ServerMessage gap */
                    gap?: (roadpulse.stream.v1.Gap.$Properties|null);

                    /** ServerMessage flow_control */
                    flow_control?: (roadpulse.stream.v1.FlowControl.$Properties|null);

                    /** ServerMessage problem */
                    problem?: (roadpulse.stream.v1.Problem.$Properties|null);

                    /** ServerMessage receipt */
                    receipt?: (roadpulse.stream.v1.Receipt.$Properties|null);

                    /** ServerMessage message */
                    message?: ("welcome"|"subscribed"|"alerts"|"positions"|"gap"|"flow_control"|"problem"|"receipt");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a ServerMessage. */
                type $Shape = {
                  welcome?: roadpulse.stream.v1.Welcome.$Shape|null;
                  subscribed?: roadpulse.stream.v1.Subscribed.$Shape|null;
                  alerts?: roadpulse.stream.v1.AlertBatch.$Shape|null;
                  positions?: roadpulse.stream.v1.PositionBatch.$Shape|null;
                  gap?: roadpulse.stream.v1.Gap.$Shape|null;
                  flow_control?: roadpulse.stream.v1.FlowControl.$Shape|null;
                  problem?: roadpulse.stream.v1.Problem.$Shape|null;
                  receipt?: roadpulse.stream.v1.Receipt.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ message?: undefined; welcome?: null; subscribed?: null; alerts?: null; positions?: null; gap?: null; flow_control?: null; problem?: null; receipt?: null }|{ message?: "welcome"; welcome: roadpulse.stream.v1.Welcome.$Shape; subscribed?: null; alerts?: null; positions?: null; gap?: null; flow_control?: null; problem?: null; receipt?: null }|{ message?: "subscribed"; welcome?: null; subscribed: roadpulse.stream.v1.Subscribed.$Shape; alerts?: null; positions?: null; gap?: null; flow_control?: null; problem?: null; receipt?: null }|{ message?: "alerts"; welcome?: null; subscribed?: null; alerts: roadpulse.stream.v1.AlertBatch.$Shape; positions?: null; gap?: null; flow_control?: null; problem?: null; receipt?: null }|{ message?: "positions"; welcome?: null; subscribed?: null; alerts?: null; positions: roadpulse.stream.v1.PositionBatch.$Shape; gap?: null; flow_control?: null; problem?: null; receipt?: null }|{ message?: "gap"; welcome?: null; subscribed?: null; alerts?: null; positions?: null; gap: roadpulse.stream.v1.Gap.$Shape; flow_control?: null; problem?: null; receipt?: null }|{ message?: "flow_control"; welcome?: null; subscribed?: null; alerts?: null; positions?: null; gap?: null; flow_control: roadpulse.stream.v1.FlowControl.$Shape; problem?: null; receipt?: null }|{ message?: "problem"; welcome?: null; subscribed?: null; alerts?: null; positions?: null; gap?: null; flow_control?: null; problem: roadpulse.stream.v1.Problem.$Shape; receipt?: null }|{ message?: "receipt"; welcome?: null; subscribed?: null; alerts?: null; positions?: null; gap?: null; flow_control?: null; problem?: null; receipt: roadpulse.stream.v1.Receipt.$Shape })
                );
            }

            /**
             * Properties of a Welcome.
             * @deprecated Use roadpulse.stream.v1.Welcome.$Properties instead.
             */
            interface IWelcome extends roadpulse.stream.v1.Welcome.$Properties {
            }

            /** Represents a Welcome. */
            class Welcome {

                /**
                 * Constructs a new Welcome.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.Welcome.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Welcome epoch. */
                epoch: number;

                /** Welcome server_time_unix_ms. */
                server_time_unix_ms: number;

                /** Welcome version. */
                version: string;

                /** Welcome schema_minor. */
                schema_minor: number;

                /** Welcome max_message_bytes. */
                max_message_bytes: number;

                /** Welcome max_items. */
                max_items: number;

                /** Welcome heartbeat_ms. */
                heartbeat_ms: number;

                /**
                 * Encodes the specified Welcome message. Does not implicitly {@link roadpulse.stream.v1.Welcome.verify|verify} messages.
                 * @param m Welcome message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.Welcome.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Welcome message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.Welcome & roadpulse.stream.v1.Welcome.$Shape} Welcome
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.Welcome & roadpulse.stream.v1.Welcome.$Shape;
            }

            namespace Welcome {

                /** Properties of a Welcome. */
                interface $Properties {

                    /** Welcome epoch */
                    epoch?: (number|null);

                    /** Welcome server_time_unix_ms */
                    server_time_unix_ms?: (number|null);

                    /** Welcome version */
                    version?: (string|null);

                    /** Welcome schema_minor */
                    schema_minor?: (number|null);

                    /** Welcome max_message_bytes */
                    max_message_bytes?: (number|null);

                    /** Welcome max_items */
                    max_items?: (number|null);

                    /** Welcome heartbeat_ms */
                    heartbeat_ms?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Welcome. */
                type $Shape = roadpulse.stream.v1.Welcome.$Properties;
            }

            /**
             * Properties of a Subscribe.
             * @deprecated Use roadpulse.stream.v1.Subscribe.$Properties instead.
             */
            interface ISubscribe extends roadpulse.stream.v1.Subscribe.$Properties {
            }

            /** Represents a Subscribe. */
            class Subscribe {

                /**
                 * Constructs a new Subscribe.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.Subscribe.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Subscribe subscription_id. */
                subscription_id: string;

                /** Subscribe everywhere. */
                everywhere?: (roadpulse.stream.v1.Everywhere.$Properties|null);

                /** Subscribe box. */
                box?: (roadpulse.stream.v1.Box.$Properties|null);

                /** Subscribe polygon. */
                polygon?: (roadpulse.stream.v1.Polygon.$Properties|null);

                /** Subscribe circle. */
                circle?: (roadpulse.stream.v1.Circle.$Properties|null);

                /** Subscribe corridor. */
                corridor?: (roadpulse.stream.v1.Corridor.$Properties|null);

                /** Subscribe ahead. */
                ahead?: (roadpulse.stream.v1.Ahead.$Properties|null);

                /** Subscribe filter. */
                filter?: (roadpulse.stream.v1.AlertFilter.$Properties|null);

                /** Subscribe positions. */
                positions?: (roadpulse.stream.v1.PositionFeed.$Properties|null);

                /** Subscribe resume. */
                resume?: (roadpulse.stream.v1.Cursor.$Properties|null);

                /** Subscribe area. */
                area?: ("everywhere"|"box"|"polygon"|"circle"|"corridor"|"ahead");

                /**
                 * Encodes the specified Subscribe message. Does not implicitly {@link roadpulse.stream.v1.Subscribe.verify|verify} messages.
                 * @param m Subscribe message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.Subscribe.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Subscribe message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.Subscribe & roadpulse.stream.v1.Subscribe.$Shape} Subscribe
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.Subscribe & roadpulse.stream.v1.Subscribe.$Shape;
            }

            namespace Subscribe {

                /** Properties of a Subscribe. */
                interface $Properties {

                    /** Subscribe subscription_id */
                    subscription_id?: (string|null);

                    /** Subscribe everywhere */
                    everywhere?: (roadpulse.stream.v1.Everywhere.$Properties|null);

                    /** Subscribe box */
                    box?: (roadpulse.stream.v1.Box.$Properties|null);

                    /** Subscribe polygon */
                    polygon?: (roadpulse.stream.v1.Polygon.$Properties|null);

                    /** Subscribe circle */
                    circle?: (roadpulse.stream.v1.Circle.$Properties|null);

                    /** Subscribe corridor */
                    corridor?: (roadpulse.stream.v1.Corridor.$Properties|null);

                    /** Subscribe ahead */
                    ahead?: (roadpulse.stream.v1.Ahead.$Properties|null);

                    /** Subscribe filter */
                    filter?: (roadpulse.stream.v1.AlertFilter.$Properties|null);

                    /** Subscribe positions */
                    positions?: (roadpulse.stream.v1.PositionFeed.$Properties|null);

                    /** Subscribe resume */
                    resume?: (roadpulse.stream.v1.Cursor.$Properties|null);

                    /** Subscribe area */
                    area?: ("everywhere"|"box"|"polygon"|"circle"|"corridor"|"ahead");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a Subscribe. */
                type $Shape = {
                  subscription_id?: string|null;
                  everywhere?: roadpulse.stream.v1.Everywhere.$Shape|null;
                  box?: roadpulse.stream.v1.Box.$Shape|null;
                  polygon?: roadpulse.stream.v1.Polygon.$Shape|null;
                  circle?: roadpulse.stream.v1.Circle.$Shape|null;
                  corridor?: roadpulse.stream.v1.Corridor.$Shape|null;
                  ahead?: roadpulse.stream.v1.Ahead.$Shape|null;
                  filter?: roadpulse.stream.v1.AlertFilter.$Shape|null;
                  positions?: roadpulse.stream.v1.PositionFeed.$Shape|null;
                  resume?: roadpulse.stream.v1.Cursor.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ area?: undefined; everywhere?: null; box?: null; polygon?: null; circle?: null; corridor?: null; ahead?: null }|{ area?: "everywhere"; everywhere: roadpulse.stream.v1.Everywhere.$Shape; box?: null; polygon?: null; circle?: null; corridor?: null; ahead?: null }|{ area?: "box"; everywhere?: null; box: roadpulse.stream.v1.Box.$Shape; polygon?: null; circle?: null; corridor?: null; ahead?: null }|{ area?: "polygon"; everywhere?: null; box?: null; polygon: roadpulse.stream.v1.Polygon.$Shape; circle?: null; corridor?: null; ahead?: null }|{ area?: "circle"; everywhere?: null; box?: null; polygon?: null; circle: roadpulse.stream.v1.Circle.$Shape; corridor?: null; ahead?: null }|{ area?: "corridor"; everywhere?: null; box?: null; polygon?: null; circle?: null; corridor: roadpulse.stream.v1.Corridor.$Shape; ahead?: null }|{ area?: "ahead"; everywhere?: null; box?: null; polygon?: null; circle?: null; corridor?: null; ahead: roadpulse.stream.v1.Ahead.$Shape })
                );
            }

            /**
             * Properties of an Everywhere.
             * @deprecated Use roadpulse.stream.v1.Everywhere.$Properties instead.
             */
            interface IEverywhere extends roadpulse.stream.v1.Everywhere.$Properties {
            }

            /** Represents an Everywhere. */
            class Everywhere {

                /**
                 * Constructs a new Everywhere.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.Everywhere.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified Everywhere message. Does not implicitly {@link roadpulse.stream.v1.Everywhere.verify|verify} messages.
                 * @param m Everywhere message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.Everywhere.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Everywhere message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.Everywhere & roadpulse.stream.v1.Everywhere.$Shape} Everywhere
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.Everywhere & roadpulse.stream.v1.Everywhere.$Shape;
            }

            namespace Everywhere {

                /** Properties of an Everywhere. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Everywhere. */
                type $Shape = roadpulse.stream.v1.Everywhere.$Properties;
            }

            /**
             * Properties of a Box.
             * @deprecated Use roadpulse.stream.v1.Box.$Properties instead.
             */
            interface IBox extends roadpulse.stream.v1.Box.$Properties {
            }

            /** Represents a Box. */
            class Box {

                /**
                 * Constructs a new Box.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.Box.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Box south_e7. */
                south_e7: number;

                /** Box west_e7. */
                west_e7: number;

                /** Box north_e7. */
                north_e7: number;

                /** Box east_e7. */
                east_e7: number;

                /**
                 * Encodes the specified Box message. Does not implicitly {@link roadpulse.stream.v1.Box.verify|verify} messages.
                 * @param m Box message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.Box.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Box message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.Box & roadpulse.stream.v1.Box.$Shape} Box
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.Box & roadpulse.stream.v1.Box.$Shape;
            }

            namespace Box {

                /** Properties of a Box. */
                interface $Properties {

                    /** Box south_e7 */
                    south_e7?: (number|null);

                    /** Box west_e7 */
                    west_e7?: (number|null);

                    /** Box north_e7 */
                    north_e7?: (number|null);

                    /** Box east_e7 */
                    east_e7?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Box. */
                type $Shape = roadpulse.stream.v1.Box.$Properties;
            }

            /**
             * Properties of a Polygon.
             * @deprecated Use roadpulse.stream.v1.Polygon.$Properties instead.
             */
            interface IPolygon extends roadpulse.stream.v1.Polygon.$Properties {
            }

            /** Represents a Polygon. */
            class Polygon {

                /**
                 * Constructs a new Polygon.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.Polygon.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Polygon points. */
                points: roadpulse.v2x.v1.GeoPoint.$Properties[];

                /**
                 * Encodes the specified Polygon message. Does not implicitly {@link roadpulse.stream.v1.Polygon.verify|verify} messages.
                 * @param m Polygon message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.Polygon.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Polygon message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.Polygon & roadpulse.stream.v1.Polygon.$Shape} Polygon
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.Polygon & roadpulse.stream.v1.Polygon.$Shape;
            }

            namespace Polygon {

                /** Properties of a Polygon. */
                interface $Properties {

                    /** Polygon points */
                    points?: (roadpulse.v2x.v1.GeoPoint.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Polygon. */
                type $Shape = roadpulse.stream.v1.Polygon.$Properties;
            }

            /**
             * Properties of a Circle.
             * @deprecated Use roadpulse.stream.v1.Circle.$Properties instead.
             */
            interface ICircle extends roadpulse.stream.v1.Circle.$Properties {
            }

            /** Represents a Circle. */
            class Circle {

                /**
                 * Constructs a new Circle.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.Circle.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Circle center. */
                center?: (roadpulse.v2x.v1.GeoPoint.$Properties|null);

                /** Circle radius_m. */
                radius_m: number;

                /**
                 * Encodes the specified Circle message. Does not implicitly {@link roadpulse.stream.v1.Circle.verify|verify} messages.
                 * @param m Circle message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.Circle.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Circle message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.Circle & roadpulse.stream.v1.Circle.$Shape} Circle
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.Circle & roadpulse.stream.v1.Circle.$Shape;
            }

            namespace Circle {

                /** Properties of a Circle. */
                interface $Properties {

                    /** Circle center */
                    center?: (roadpulse.v2x.v1.GeoPoint.$Properties|null);

                    /** Circle radius_m */
                    radius_m?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Circle. */
                type $Shape = roadpulse.stream.v1.Circle.$Properties;
            }

            /**
             * Properties of a Corridor.
             * @deprecated Use roadpulse.stream.v1.Corridor.$Properties instead.
             */
            interface ICorridor extends roadpulse.stream.v1.Corridor.$Properties {
            }

            /** Represents a Corridor. */
            class Corridor {

                /**
                 * Constructs a new Corridor.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.Corridor.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Corridor points. */
                points: roadpulse.v2x.v1.GeoPoint.$Properties[];

                /** Corridor half_width_m. */
                half_width_m: number;

                /**
                 * Encodes the specified Corridor message. Does not implicitly {@link roadpulse.stream.v1.Corridor.verify|verify} messages.
                 * @param m Corridor message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.Corridor.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Corridor message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.Corridor & roadpulse.stream.v1.Corridor.$Shape} Corridor
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.Corridor & roadpulse.stream.v1.Corridor.$Shape;
            }

            namespace Corridor {

                /** Properties of a Corridor. */
                interface $Properties {

                    /** Corridor points */
                    points?: (roadpulse.v2x.v1.GeoPoint.$Properties[]|null);

                    /** Corridor half_width_m */
                    half_width_m?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Corridor. */
                type $Shape = roadpulse.stream.v1.Corridor.$Properties;
            }

            /**
             * Properties of an Ahead.
             * @deprecated Use roadpulse.stream.v1.Ahead.$Properties instead.
             */
            interface IAhead extends roadpulse.stream.v1.Ahead.$Properties {
            }

            /** Represents an Ahead. */
            class Ahead {

                /**
                 * Constructs a new Ahead.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.Ahead.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Ahead station_id. */
                station_id: number;

                /** Ahead distance_m. */
                distance_m: number;

                /**
                 * Encodes the specified Ahead message. Does not implicitly {@link roadpulse.stream.v1.Ahead.verify|verify} messages.
                 * @param m Ahead message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.Ahead.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Ahead message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.Ahead & roadpulse.stream.v1.Ahead.$Shape} Ahead
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.Ahead & roadpulse.stream.v1.Ahead.$Shape;
            }

            namespace Ahead {

                /** Properties of an Ahead. */
                interface $Properties {

                    /** Ahead station_id */
                    station_id?: (number|null);

                    /** Ahead distance_m */
                    distance_m?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Ahead. */
                type $Shape = roadpulse.stream.v1.Ahead.$Properties;
            }

            /**
             * Properties of an AlertFilter.
             * @deprecated Use roadpulse.stream.v1.AlertFilter.$Properties instead.
             */
            interface IAlertFilter extends roadpulse.stream.v1.AlertFilter.$Properties {
            }

            /** Represents an AlertFilter. */
            class AlertFilter {

                /**
                 * Constructs a new AlertFilter.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.AlertFilter.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AlertFilter cause_codes. */
                cause_codes: number[];

                /** AlertFilter kinds. */
                kinds: string[];

                /** AlertFilter min_severity. */
                min_severity?: (number|null);

                /** AlertFilter min_confidence_pct. */
                min_confidence_pct?: (number|null);

                /** AlertFilter confirmed_only. */
                confirmed_only: boolean;

                /**
                 * Encodes the specified AlertFilter message. Does not implicitly {@link roadpulse.stream.v1.AlertFilter.verify|verify} messages.
                 * @param m AlertFilter message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.AlertFilter.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AlertFilter message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.AlertFilter & roadpulse.stream.v1.AlertFilter.$Shape} AlertFilter
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.AlertFilter & roadpulse.stream.v1.AlertFilter.$Shape;
            }

            namespace AlertFilter {

                /** Properties of an AlertFilter. */
                interface $Properties {

                    /** AlertFilter cause_codes */
                    cause_codes?: (number[]|null);

                    /** AlertFilter kinds */
                    kinds?: (string[]|null);

                    /** AlertFilter min_severity */
                    min_severity?: (number|null);

                    /** AlertFilter min_confidence_pct */
                    min_confidence_pct?: (number|null);

                    /** AlertFilter confirmed_only */
                    confirmed_only?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AlertFilter. */
                type $Shape = roadpulse.stream.v1.AlertFilter.$Properties;
            }

            /**
             * Properties of a PositionFeed.
             * @deprecated Use roadpulse.stream.v1.PositionFeed.$Properties instead.
             */
            interface IPositionFeed extends roadpulse.stream.v1.PositionFeed.$Properties {
            }

            /** Represents a PositionFeed. */
            class PositionFeed {

                /**
                 * Constructs a new PositionFeed.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.PositionFeed.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** PositionFeed interval_ms. */
                interval_ms: number;

                /**
                 * Encodes the specified PositionFeed message. Does not implicitly {@link roadpulse.stream.v1.PositionFeed.verify|verify} messages.
                 * @param m PositionFeed message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.PositionFeed.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PositionFeed message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.PositionFeed & roadpulse.stream.v1.PositionFeed.$Shape} PositionFeed
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.PositionFeed & roadpulse.stream.v1.PositionFeed.$Shape;
            }

            namespace PositionFeed {

                /** Properties of a PositionFeed. */
                interface $Properties {

                    /** PositionFeed interval_ms */
                    interval_ms?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a PositionFeed. */
                type $Shape = roadpulse.stream.v1.PositionFeed.$Properties;
            }

            /**
             * Properties of a Cursor.
             * @deprecated Use roadpulse.stream.v1.Cursor.$Properties instead.
             */
            interface ICursor extends roadpulse.stream.v1.Cursor.$Properties {
            }

            /** Represents a Cursor. */
            class Cursor {

                /**
                 * Constructs a new Cursor.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.Cursor.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Cursor epoch. */
                epoch: number;

                /** Cursor sequence. */
                sequence: number;

                /**
                 * Encodes the specified Cursor message. Does not implicitly {@link roadpulse.stream.v1.Cursor.verify|verify} messages.
                 * @param m Cursor message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.Cursor.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Cursor message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.Cursor & roadpulse.stream.v1.Cursor.$Shape} Cursor
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.Cursor & roadpulse.stream.v1.Cursor.$Shape;
            }

            namespace Cursor {

                /** Properties of a Cursor. */
                interface $Properties {

                    /** Cursor epoch */
                    epoch?: (number|null);

                    /** Cursor sequence */
                    sequence?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Cursor. */
                type $Shape = roadpulse.stream.v1.Cursor.$Properties;
            }

            /**
             * Properties of an Unsubscribe.
             * @deprecated Use roadpulse.stream.v1.Unsubscribe.$Properties instead.
             */
            interface IUnsubscribe extends roadpulse.stream.v1.Unsubscribe.$Properties {
            }

            /** Represents an Unsubscribe. */
            class Unsubscribe {

                /**
                 * Constructs a new Unsubscribe.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.Unsubscribe.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Unsubscribe subscription_id. */
                subscription_id: string;

                /**
                 * Encodes the specified Unsubscribe message. Does not implicitly {@link roadpulse.stream.v1.Unsubscribe.verify|verify} messages.
                 * @param m Unsubscribe message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.Unsubscribe.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Unsubscribe message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.Unsubscribe & roadpulse.stream.v1.Unsubscribe.$Shape} Unsubscribe
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.Unsubscribe & roadpulse.stream.v1.Unsubscribe.$Shape;
            }

            namespace Unsubscribe {

                /** Properties of an Unsubscribe. */
                interface $Properties {

                    /** Unsubscribe subscription_id */
                    subscription_id?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Unsubscribe. */
                type $Shape = roadpulse.stream.v1.Unsubscribe.$Properties;
            }

            /**
             * Properties of an Acknowledge.
             * @deprecated Use roadpulse.stream.v1.Acknowledge.$Properties instead.
             */
            interface IAcknowledge extends roadpulse.stream.v1.Acknowledge.$Properties {
            }

            /** Represents an Acknowledge. */
            class Acknowledge {

                /**
                 * Constructs a new Acknowledge.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.Acknowledge.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Acknowledge cursor. */
                cursor?: (roadpulse.stream.v1.Cursor.$Properties|null);

                /**
                 * Encodes the specified Acknowledge message. Does not implicitly {@link roadpulse.stream.v1.Acknowledge.verify|verify} messages.
                 * @param m Acknowledge message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.Acknowledge.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Acknowledge message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.Acknowledge & roadpulse.stream.v1.Acknowledge.$Shape} Acknowledge
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.Acknowledge & roadpulse.stream.v1.Acknowledge.$Shape;
            }

            namespace Acknowledge {

                /** Properties of an Acknowledge. */
                interface $Properties {

                    /** Acknowledge cursor */
                    cursor?: (roadpulse.stream.v1.Cursor.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Acknowledge. */
                type $Shape = roadpulse.stream.v1.Acknowledge.$Properties;
            }

            /**
             * Properties of a Subscribed.
             * @deprecated Use roadpulse.stream.v1.Subscribed.$Properties instead.
             */
            interface ISubscribed extends roadpulse.stream.v1.Subscribed.$Properties {
            }

            /** Represents a Subscribed. */
            class Subscribed {

                /**
                 * Constructs a new Subscribed.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.Subscribed.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Subscribed subscription_id. */
                subscription_id: string;

                /** Subscribed cursor. */
                cursor?: (roadpulse.stream.v1.Cursor.$Properties|null);

                /** Subscribed resumed. */
                resumed: boolean;

                /** Subscribed snapshot_alerts. */
                snapshot_alerts: number;

                /**
                 * Encodes the specified Subscribed message. Does not implicitly {@link roadpulse.stream.v1.Subscribed.verify|verify} messages.
                 * @param m Subscribed message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.Subscribed.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Subscribed message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.Subscribed & roadpulse.stream.v1.Subscribed.$Shape} Subscribed
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.Subscribed & roadpulse.stream.v1.Subscribed.$Shape;
            }

            namespace Subscribed {

                /** Properties of a Subscribed. */
                interface $Properties {

                    /** Subscribed subscription_id */
                    subscription_id?: (string|null);

                    /** Subscribed cursor */
                    cursor?: (roadpulse.stream.v1.Cursor.$Properties|null);

                    /** Subscribed resumed */
                    resumed?: (boolean|null);

                    /** Subscribed snapshot_alerts */
                    snapshot_alerts?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Subscribed. */
                type $Shape = roadpulse.stream.v1.Subscribed.$Properties;
            }

            /**
             * Properties of an AlertBatch.
             * @deprecated Use roadpulse.stream.v1.AlertBatch.$Properties instead.
             */
            interface IAlertBatch extends roadpulse.stream.v1.AlertBatch.$Properties {
            }

            /** Represents an AlertBatch. */
            class AlertBatch {

                /**
                 * Constructs a new AlertBatch.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.AlertBatch.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AlertBatch epoch. */
                epoch: number;

                /** AlertBatch deliveries. */
                deliveries: roadpulse.stream.v1.AlertDelivery.$Properties[];

                /** AlertBatch snapshot. */
                snapshot: boolean;

                /**
                 * Encodes the specified AlertBatch message. Does not implicitly {@link roadpulse.stream.v1.AlertBatch.verify|verify} messages.
                 * @param m AlertBatch message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.AlertBatch.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AlertBatch message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.AlertBatch & roadpulse.stream.v1.AlertBatch.$Shape} AlertBatch
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.AlertBatch & roadpulse.stream.v1.AlertBatch.$Shape;
            }

            namespace AlertBatch {

                /** Properties of an AlertBatch. */
                interface $Properties {

                    /** AlertBatch epoch */
                    epoch?: (number|null);

                    /** AlertBatch deliveries */
                    deliveries?: (roadpulse.stream.v1.AlertDelivery.$Properties[]|null);

                    /** AlertBatch snapshot */
                    snapshot?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AlertBatch. */
                type $Shape = roadpulse.stream.v1.AlertBatch.$Properties;
            }

            /**
             * Properties of an AlertDelivery.
             * @deprecated Use roadpulse.stream.v1.AlertDelivery.$Properties instead.
             */
            interface IAlertDelivery extends roadpulse.stream.v1.AlertDelivery.$Properties {
            }

            /** Represents an AlertDelivery. */
            class AlertDelivery {

                /**
                 * Constructs a new AlertDelivery.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.AlertDelivery.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AlertDelivery sequence. */
                sequence: number;

                /** AlertDelivery alert. */
                alert?: (roadpulse.stream.v1.Alert.$Properties|null);

                /** AlertDelivery latency. */
                latency?: (roadpulse.stream.v1.Latency.$Properties|null);

                /**
                 * Encodes the specified AlertDelivery message. Does not implicitly {@link roadpulse.stream.v1.AlertDelivery.verify|verify} messages.
                 * @param m AlertDelivery message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.AlertDelivery.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AlertDelivery message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.AlertDelivery & roadpulse.stream.v1.AlertDelivery.$Shape} AlertDelivery
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.AlertDelivery & roadpulse.stream.v1.AlertDelivery.$Shape;
            }

            namespace AlertDelivery {

                /** Properties of an AlertDelivery. */
                interface $Properties {

                    /** AlertDelivery sequence */
                    sequence?: (number|null);

                    /** AlertDelivery alert */
                    alert?: (roadpulse.stream.v1.Alert.$Properties|null);

                    /** AlertDelivery latency */
                    latency?: (roadpulse.stream.v1.Latency.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AlertDelivery. */
                type $Shape = roadpulse.stream.v1.AlertDelivery.$Properties;
            }

            /**
             * Properties of a Latency.
             * @deprecated Use roadpulse.stream.v1.Latency.$Properties instead.
             */
            interface ILatency extends roadpulse.stream.v1.Latency.$Properties {
            }

            /** Represents a Latency. */
            class Latency {

                /**
                 * Constructs a new Latency.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.Latency.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Latency decoded_us. */
                decoded_us: number;

                /** Latency detected_us. */
                detected_us: number;

                /** Latency delivered_us. */
                delivered_us: number;

                /**
                 * Encodes the specified Latency message. Does not implicitly {@link roadpulse.stream.v1.Latency.verify|verify} messages.
                 * @param m Latency message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.Latency.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Latency message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.Latency & roadpulse.stream.v1.Latency.$Shape} Latency
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.Latency & roadpulse.stream.v1.Latency.$Shape;
            }

            namespace Latency {

                /** Properties of a Latency. */
                interface $Properties {

                    /** Latency decoded_us */
                    decoded_us?: (number|null);

                    /** Latency detected_us */
                    detected_us?: (number|null);

                    /** Latency delivered_us */
                    delivered_us?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Latency. */
                type $Shape = roadpulse.stream.v1.Latency.$Properties;
            }

            /**
             * Properties of an Alert.
             * @deprecated Use roadpulse.stream.v1.Alert.$Properties instead.
             */
            interface IAlert extends roadpulse.stream.v1.Alert.$Properties {
            }

            /** Represents an Alert. */
            class Alert {

                /**
                 * Constructs a new Alert.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.Alert.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Alert alert_id. */
                alert_id: string;

                /** Alert revision. */
                revision: number;

                /** Alert state. */
                state: roadpulse.stream.v1.AlertState;

                /** Alert tier. */
                tier: roadpulse.stream.v1.AlertTier;

                /** Alert kind. */
                kind: string;

                /** Alert cause_code. */
                cause_code: number;

                /** Alert sub_cause_code. */
                sub_cause_code: number;

                /** Alert severity. */
                severity: number;

                /** Alert confidence_pct. */
                confidence_pct: number;

                /** Alert detected_at_unix_ms. */
                detected_at_unix_ms: number;

                /** Alert referenced_at_unix_ms. */
                referenced_at_unix_ms: number;

                /** Alert valid_until_unix_ms. */
                valid_until_unix_ms: number;

                /** Alert position. */
                position?: (roadpulse.v2x.v1.GeoPoint.$Properties|null);

                /** Alert heading_ddeg. */
                heading_ddeg?: (number|null);

                /** Alert area. */
                area?: (roadpulse.stream.v1.AlertArea.$Properties|null);

                /** Alert road. */
                road?: (roadpulse.stream.v1.RoadReference.$Properties|null);

                /** Alert evidence. */
                evidence?: (roadpulse.stream.v1.Evidence.$Properties|null);

                /** Alert why. */
                why?: (roadpulse.stream.v1.Explanation.$Properties|null);

                /** Alert began_at_unix_ms. */
                began_at_unix_ms: number;

                /** Alert srti. */
                srti: string;

                /** Alert related_alert_id. */
                related_alert_id: string;

                /**
                 * Encodes the specified Alert message. Does not implicitly {@link roadpulse.stream.v1.Alert.verify|verify} messages.
                 * @param m Alert message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.Alert.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Alert message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.Alert & roadpulse.stream.v1.Alert.$Shape} Alert
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.Alert & roadpulse.stream.v1.Alert.$Shape;
            }

            namespace Alert {

                /** Properties of an Alert. */
                interface $Properties {

                    /** Alert alert_id */
                    alert_id?: (string|null);

                    /** Alert revision */
                    revision?: (number|null);

                    /** Alert state */
                    state?: (roadpulse.stream.v1.AlertState|null);

                    /** Alert tier */
                    tier?: (roadpulse.stream.v1.AlertTier|null);

                    /** Alert kind */
                    kind?: (string|null);

                    /** Alert cause_code */
                    cause_code?: (number|null);

                    /** Alert sub_cause_code */
                    sub_cause_code?: (number|null);

                    /** Alert severity */
                    severity?: (number|null);

                    /** Alert confidence_pct */
                    confidence_pct?: (number|null);

                    /** Alert detected_at_unix_ms */
                    detected_at_unix_ms?: (number|null);

                    /** Alert referenced_at_unix_ms */
                    referenced_at_unix_ms?: (number|null);

                    /** Alert valid_until_unix_ms */
                    valid_until_unix_ms?: (number|null);

                    /** Alert position */
                    position?: (roadpulse.v2x.v1.GeoPoint.$Properties|null);

                    /** Alert heading_ddeg */
                    heading_ddeg?: (number|null);

                    /** Alert area */
                    area?: (roadpulse.stream.v1.AlertArea.$Properties|null);

                    /** Alert road */
                    road?: (roadpulse.stream.v1.RoadReference.$Properties|null);

                    /** Alert evidence */
                    evidence?: (roadpulse.stream.v1.Evidence.$Properties|null);

                    /** Alert why */
                    why?: (roadpulse.stream.v1.Explanation.$Properties|null);

                    /** Alert began_at_unix_ms */
                    began_at_unix_ms?: (number|null);

                    /** Alert srti */
                    srti?: (string|null);

                    /** Alert related_alert_id */
                    related_alert_id?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Alert. */
                type $Shape = roadpulse.stream.v1.Alert.$Properties;
            }

            /** AlertState enum. */
            enum AlertState {

                /** ALERT_STATE_UNSPECIFIED value */
                ALERT_STATE_UNSPECIFIED = 0,

                /** ALERT_STATE_NEW value */
                ALERT_STATE_NEW = 1,

                /** ALERT_STATE_UPDATED value */
                ALERT_STATE_UPDATED = 2,

                /** ALERT_STATE_ENDED value */
                ALERT_STATE_ENDED = 3,

                /** ALERT_STATE_CANCELLED value */
                ALERT_STATE_CANCELLED = 4,

                /** ALERT_STATE_EXPIRED value */
                ALERT_STATE_EXPIRED = 5
            }

            /** AlertTier enum. */
            enum AlertTier {

                /** ALERT_TIER_UNSPECIFIED value */
                ALERT_TIER_UNSPECIFIED = 0,

                /** ALERT_TIER_SUSPECTED value */
                ALERT_TIER_SUSPECTED = 1,

                /** ALERT_TIER_CONFIRMED value */
                ALERT_TIER_CONFIRMED = 2
            }

            /**
             * Properties of an AlertArea.
             * @deprecated Use roadpulse.stream.v1.AlertArea.$Properties instead.
             */
            interface IAlertArea extends roadpulse.stream.v1.AlertArea.$Properties {
            }

            /** Represents an AlertArea. */
            class AlertArea {

                /**
                 * Constructs a new AlertArea.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.AlertArea.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AlertArea form. */
                form: roadpulse.stream.v1.AreaForm;

                /** AlertArea points. */
                points: roadpulse.v2x.v1.GeoPoint.$Properties[];

                /** AlertArea part_starts. */
                part_starts: number[];

                /**
                 * Encodes the specified AlertArea message. Does not implicitly {@link roadpulse.stream.v1.AlertArea.verify|verify} messages.
                 * @param m AlertArea message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.AlertArea.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AlertArea message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.AlertArea & roadpulse.stream.v1.AlertArea.$Shape} AlertArea
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.AlertArea & roadpulse.stream.v1.AlertArea.$Shape;
            }

            namespace AlertArea {

                /** Properties of an AlertArea. */
                interface $Properties {

                    /** AlertArea form */
                    form?: (roadpulse.stream.v1.AreaForm|null);

                    /** AlertArea points */
                    points?: (roadpulse.v2x.v1.GeoPoint.$Properties[]|null);

                    /** AlertArea part_starts */
                    part_starts?: (number[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AlertArea. */
                type $Shape = roadpulse.stream.v1.AlertArea.$Properties;
            }

            /** AreaForm enum. */
            enum AreaForm {

                /** AREA_FORM_UNSPECIFIED value */
                AREA_FORM_UNSPECIFIED = 0,

                /** AREA_FORM_POINT value */
                AREA_FORM_POINT = 1,

                /** AREA_FORM_LINE_STRING value */
                AREA_FORM_LINE_STRING = 2,

                /** AREA_FORM_POLYGON value */
                AREA_FORM_POLYGON = 3,

                /** AREA_FORM_MULTI_POLYGON value */
                AREA_FORM_MULTI_POLYGON = 4
            }

            /**
             * Properties of a RoadReference.
             * @deprecated Use roadpulse.stream.v1.RoadReference.$Properties instead.
             */
            interface IRoadReference extends roadpulse.stream.v1.RoadReference.$Properties {
            }

            /** Represents a RoadReference. */
            class RoadReference {

                /**
                 * Constructs a new RoadReference.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.RoadReference.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RoadReference ref. */
                ref: string;

                /** RoadReference direction. */
                direction: string;

                /** RoadReference from_km. */
                from_km: number;

                /** RoadReference to_km. */
                to_km: number;

                /** RoadReference text. */
                text: string;

                /**
                 * Encodes the specified RoadReference message. Does not implicitly {@link roadpulse.stream.v1.RoadReference.verify|verify} messages.
                 * @param m RoadReference message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.RoadReference.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RoadReference message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.RoadReference & roadpulse.stream.v1.RoadReference.$Shape} RoadReference
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.RoadReference & roadpulse.stream.v1.RoadReference.$Shape;
            }

            namespace RoadReference {

                /** Properties of a RoadReference. */
                interface $Properties {

                    /** RoadReference ref */
                    ref?: (string|null);

                    /** RoadReference direction */
                    direction?: (string|null);

                    /** RoadReference from_km */
                    from_km?: (number|null);

                    /** RoadReference to_km */
                    to_km?: (number|null);

                    /** RoadReference text */
                    text?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RoadReference. */
                type $Shape = roadpulse.stream.v1.RoadReference.$Properties;
            }

            /**
             * Properties of an Evidence.
             * @deprecated Use roadpulse.stream.v1.Evidence.$Properties instead.
             */
            interface IEvidence extends roadpulse.stream.v1.Evidence.$Properties {
            }

            /** Represents an Evidence. */
            class Evidence {

                /**
                 * Constructs a new Evidence.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.Evidence.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Evidence stations. */
                stations: number;

                /** Evidence observations. */
                observations: number;

                /** Evidence receivers. */
                receivers: number;

                /** Evidence sources. */
                sources: string[];

                /** Evidence marks. */
                marks: string[];

                /**
                 * Encodes the specified Evidence message. Does not implicitly {@link roadpulse.stream.v1.Evidence.verify|verify} messages.
                 * @param m Evidence message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.Evidence.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Evidence message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.Evidence & roadpulse.stream.v1.Evidence.$Shape} Evidence
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.Evidence & roadpulse.stream.v1.Evidence.$Shape;
            }

            namespace Evidence {

                /** Properties of an Evidence. */
                interface $Properties {

                    /** Evidence stations */
                    stations?: (number|null);

                    /** Evidence observations */
                    observations?: (number|null);

                    /** Evidence receivers */
                    receivers?: (number|null);

                    /** Evidence sources */
                    sources?: (string[]|null);

                    /** Evidence marks */
                    marks?: (string[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Evidence. */
                type $Shape = roadpulse.stream.v1.Evidence.$Properties;
            }

            /**
             * Properties of an Explanation.
             * @deprecated Use roadpulse.stream.v1.Explanation.$Properties instead.
             */
            interface IExplanation extends roadpulse.stream.v1.Explanation.$Properties {
            }

            /** Represents an Explanation. */
            class Explanation {

                /**
                 * Constructs a new Explanation.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.Explanation.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Explanation rule. */
                rule: string;

                /** Explanation text. */
                text: string;

                /** Explanation measures. */
                measures: roadpulse.stream.v1.Measure.$Properties[];

                /**
                 * Encodes the specified Explanation message. Does not implicitly {@link roadpulse.stream.v1.Explanation.verify|verify} messages.
                 * @param m Explanation message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.Explanation.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Explanation message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.Explanation & roadpulse.stream.v1.Explanation.$Shape} Explanation
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.Explanation & roadpulse.stream.v1.Explanation.$Shape;
            }

            namespace Explanation {

                /** Properties of an Explanation. */
                interface $Properties {

                    /** Explanation rule */
                    rule?: (string|null);

                    /** Explanation text */
                    text?: (string|null);

                    /** Explanation measures */
                    measures?: (roadpulse.stream.v1.Measure.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Explanation. */
                type $Shape = roadpulse.stream.v1.Explanation.$Properties;
            }

            /**
             * Properties of a Measure.
             * @deprecated Use roadpulse.stream.v1.Measure.$Properties instead.
             */
            interface IMeasure extends roadpulse.stream.v1.Measure.$Properties {
            }

            /** Represents a Measure. */
            class Measure {

                /**
                 * Constructs a new Measure.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.Measure.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Measure name. */
                name: string;

                /** Measure observed. */
                observed: number;

                /** Measure threshold. */
                threshold?: (number|null);

                /**
                 * Encodes the specified Measure message. Does not implicitly {@link roadpulse.stream.v1.Measure.verify|verify} messages.
                 * @param m Measure message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.Measure.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Measure message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.Measure & roadpulse.stream.v1.Measure.$Shape} Measure
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.Measure & roadpulse.stream.v1.Measure.$Shape;
            }

            namespace Measure {

                /** Properties of a Measure. */
                interface $Properties {

                    /** Measure name */
                    name?: (string|null);

                    /** Measure observed */
                    observed?: (number|null);

                    /** Measure threshold */
                    threshold?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Measure. */
                type $Shape = roadpulse.stream.v1.Measure.$Properties;
            }

            /**
             * Properties of a PositionBatch.
             * @deprecated Use roadpulse.stream.v1.PositionBatch.$Properties instead.
             */
            interface IPositionBatch extends roadpulse.stream.v1.PositionBatch.$Properties {
            }

            /** Represents a PositionBatch. */
            class PositionBatch {

                /**
                 * Constructs a new PositionBatch.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.PositionBatch.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** PositionBatch subscription_id. */
                subscription_id: string;

                /** PositionBatch time_unix_ms. */
                time_unix_ms: number;

                /** PositionBatch positions. */
                positions: roadpulse.stream.v1.StationPosition.$Properties[];

                /** PositionBatch left_out. */
                left_out: number;

                /**
                 * Encodes the specified PositionBatch message. Does not implicitly {@link roadpulse.stream.v1.PositionBatch.verify|verify} messages.
                 * @param m PositionBatch message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.PositionBatch.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PositionBatch message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.PositionBatch & roadpulse.stream.v1.PositionBatch.$Shape} PositionBatch
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.PositionBatch & roadpulse.stream.v1.PositionBatch.$Shape;
            }

            namespace PositionBatch {

                /** Properties of a PositionBatch. */
                interface $Properties {

                    /** PositionBatch subscription_id */
                    subscription_id?: (string|null);

                    /** PositionBatch time_unix_ms */
                    time_unix_ms?: (number|null);

                    /** PositionBatch positions */
                    positions?: (roadpulse.stream.v1.StationPosition.$Properties[]|null);

                    /** PositionBatch left_out */
                    left_out?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a PositionBatch. */
                type $Shape = roadpulse.stream.v1.PositionBatch.$Properties;
            }

            /**
             * Properties of a StationPosition.
             * @deprecated Use roadpulse.stream.v1.StationPosition.$Properties instead.
             */
            interface IStationPosition extends roadpulse.stream.v1.StationPosition.$Properties {
            }

            /** Represents a StationPosition. */
            class StationPosition {

                /**
                 * Constructs a new StationPosition.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.StationPosition.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** StationPosition station_label. */
                station_label: number;

                /** StationPosition latitude_e7. */
                latitude_e7: number;

                /** StationPosition longitude_e7. */
                longitude_e7: number;

                /** StationPosition speed_cmps. */
                speed_cmps?: (number|null);

                /** StationPosition heading_ddeg. */
                heading_ddeg?: (number|null);

                /** StationPosition station_type. */
                station_type: roadpulse.v2x.v1.StationType;

                /** StationPosition age_ms. */
                age_ms: number;

                /**
                 * Encodes the specified StationPosition message. Does not implicitly {@link roadpulse.stream.v1.StationPosition.verify|verify} messages.
                 * @param m StationPosition message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.StationPosition.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StationPosition message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.StationPosition & roadpulse.stream.v1.StationPosition.$Shape} StationPosition
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.StationPosition & roadpulse.stream.v1.StationPosition.$Shape;
            }

            namespace StationPosition {

                /** Properties of a StationPosition. */
                interface $Properties {

                    /** StationPosition station_label */
                    station_label?: (number|null);

                    /** StationPosition latitude_e7 */
                    latitude_e7?: (number|null);

                    /** StationPosition longitude_e7 */
                    longitude_e7?: (number|null);

                    /** StationPosition speed_cmps */
                    speed_cmps?: (number|null);

                    /** StationPosition heading_ddeg */
                    heading_ddeg?: (number|null);

                    /** StationPosition station_type */
                    station_type?: (roadpulse.v2x.v1.StationType|null);

                    /** StationPosition age_ms */
                    age_ms?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StationPosition. */
                type $Shape = roadpulse.stream.v1.StationPosition.$Properties;
            }

            /**
             * Properties of a Gap.
             * @deprecated Use roadpulse.stream.v1.Gap.$Properties instead.
             */
            interface IGap extends roadpulse.stream.v1.Gap.$Properties {
            }

            /** Represents a Gap. */
            class Gap {

                /**
                 * Constructs a new Gap.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.Gap.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Gap reason. */
                reason: roadpulse.stream.v1.GapReason;

                /** Gap oldest. */
                oldest?: (roadpulse.stream.v1.Cursor.$Properties|null);

                /** Gap asked. */
                asked?: (roadpulse.stream.v1.Cursor.$Properties|null);

                /**
                 * Encodes the specified Gap message. Does not implicitly {@link roadpulse.stream.v1.Gap.verify|verify} messages.
                 * @param m Gap message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.Gap.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Gap message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.Gap & roadpulse.stream.v1.Gap.$Shape} Gap
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.Gap & roadpulse.stream.v1.Gap.$Shape;
            }

            namespace Gap {

                /** Properties of a Gap. */
                interface $Properties {

                    /** Gap reason */
                    reason?: (roadpulse.stream.v1.GapReason|null);

                    /** Gap oldest */
                    oldest?: (roadpulse.stream.v1.Cursor.$Properties|null);

                    /** Gap asked */
                    asked?: (roadpulse.stream.v1.Cursor.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Gap. */
                type $Shape = roadpulse.stream.v1.Gap.$Properties;
            }

            /** GapReason enum. */
            enum GapReason {

                /** GAP_REASON_UNSPECIFIED value */
                GAP_REASON_UNSPECIFIED = 0,

                /** GAP_REASON_EPOCH_CHANGED value */
                GAP_REASON_EPOCH_CHANGED = 1,

                /** GAP_REASON_TOO_OLD value */
                GAP_REASON_TOO_OLD = 2,

                /** GAP_REASON_AHEAD value */
                GAP_REASON_AHEAD = 3,

                /** GAP_REASON_LOST value */
                GAP_REASON_LOST = 4
            }

            /**
             * Properties of a FlowControl.
             * @deprecated Use roadpulse.stream.v1.FlowControl.$Properties instead.
             */
            interface IFlowControl extends roadpulse.stream.v1.FlowControl.$Properties {
            }

            /** Represents a FlowControl. */
            class FlowControl {

                /**
                 * Constructs a new FlowControl.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.FlowControl.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** FlowControl action. */
                action: roadpulse.stream.v1.FlowAction;

                /** FlowControl queued_bytes. */
                queued_bytes: number;

                /** FlowControl positions_conflated. */
                positions_conflated: number;

                /** FlowControl disconnect_in_ms. */
                disconnect_in_ms: number;

                /**
                 * Encodes the specified FlowControl message. Does not implicitly {@link roadpulse.stream.v1.FlowControl.verify|verify} messages.
                 * @param m FlowControl message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.FlowControl.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a FlowControl message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.FlowControl & roadpulse.stream.v1.FlowControl.$Shape} FlowControl
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.FlowControl & roadpulse.stream.v1.FlowControl.$Shape;
            }

            namespace FlowControl {

                /** Properties of a FlowControl. */
                interface $Properties {

                    /** FlowControl action */
                    action?: (roadpulse.stream.v1.FlowAction|null);

                    /** FlowControl queued_bytes */
                    queued_bytes?: (number|null);

                    /** FlowControl positions_conflated */
                    positions_conflated?: (number|null);

                    /** FlowControl disconnect_in_ms */
                    disconnect_in_ms?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a FlowControl. */
                type $Shape = roadpulse.stream.v1.FlowControl.$Properties;
            }

            /** FlowAction enum. */
            enum FlowAction {

                /** FLOW_ACTION_UNSPECIFIED value */
                FLOW_ACTION_UNSPECIFIED = 0,

                /** FLOW_ACTION_QUEUEING value */
                FLOW_ACTION_QUEUEING = 1,

                /** FLOW_ACTION_RECOVERED value */
                FLOW_ACTION_RECOVERED = 2
            }

            /**
             * Properties of a Problem.
             * @deprecated Use roadpulse.stream.v1.Problem.$Properties instead.
             */
            interface IProblem extends roadpulse.stream.v1.Problem.$Properties {
            }

            /** Represents a Problem. */
            class Problem {

                /**
                 * Constructs a new Problem.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.Problem.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Problem code. */
                code: string;

                /** Problem message. */
                message: string;

                /** Problem field. */
                field: string;

                /** Problem subscription_id. */
                subscription_id: string;

                /**
                 * Encodes the specified Problem message. Does not implicitly {@link roadpulse.stream.v1.Problem.verify|verify} messages.
                 * @param m Problem message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.Problem.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Problem message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.Problem & roadpulse.stream.v1.Problem.$Shape} Problem
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.Problem & roadpulse.stream.v1.Problem.$Shape;
            }

            namespace Problem {

                /** Properties of a Problem. */
                interface $Properties {

                    /** Problem code */
                    code?: (string|null);

                    /** Problem message */
                    message?: (string|null);

                    /** Problem field */
                    field?: (string|null);

                    /** Problem subscription_id */
                    subscription_id?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Problem. */
                type $Shape = roadpulse.stream.v1.Problem.$Properties;
            }

            /**
             * Properties of a Receipt.
             * @deprecated Use roadpulse.stream.v1.Receipt.$Properties instead.
             */
            interface IReceipt extends roadpulse.stream.v1.Receipt.$Properties {
            }

            /** Represents a Receipt. */
            class Receipt {

                /**
                 * Constructs a new Receipt.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.Receipt.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Receipt frame_seq. */
                frame_seq: number;

                /** Receipt accepted. */
                accepted: number;

                /** Receipt duplicate. */
                duplicate: number;

                /** Receipt rejected. */
                rejected: roadpulse.stream.v1.RejectedCount.$Properties[];

                /** Receipt late. */
                late: number;

                /** Receipt durable. */
                durable: boolean;

                /**
                 * Encodes the specified Receipt message. Does not implicitly {@link roadpulse.stream.v1.Receipt.verify|verify} messages.
                 * @param m Receipt message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.Receipt.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Receipt message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.Receipt & roadpulse.stream.v1.Receipt.$Shape} Receipt
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.Receipt & roadpulse.stream.v1.Receipt.$Shape;
            }

            namespace Receipt {

                /** Properties of a Receipt. */
                interface $Properties {

                    /** Receipt frame_seq */
                    frame_seq?: (number|null);

                    /** Receipt accepted */
                    accepted?: (number|null);

                    /** Receipt duplicate */
                    duplicate?: (number|null);

                    /** Receipt rejected */
                    rejected?: (roadpulse.stream.v1.RejectedCount.$Properties[]|null);

                    /** Receipt late */
                    late?: (number|null);

                    /** Receipt durable */
                    durable?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Receipt. */
                type $Shape = roadpulse.stream.v1.Receipt.$Properties;
            }

            /**
             * Properties of a RejectedCount.
             * @deprecated Use roadpulse.stream.v1.RejectedCount.$Properties instead.
             */
            interface IRejectedCount extends roadpulse.stream.v1.RejectedCount.$Properties {
            }

            /** Represents a RejectedCount. */
            class RejectedCount {

                /**
                 * Constructs a new RejectedCount.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.RejectedCount.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RejectedCount reason. */
                reason: string;

                /** RejectedCount count. */
                count: number;

                /** RejectedCount field. */
                field: string;

                /**
                 * Encodes the specified RejectedCount message. Does not implicitly {@link roadpulse.stream.v1.RejectedCount.verify|verify} messages.
                 * @param m RejectedCount message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.RejectedCount.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RejectedCount message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.RejectedCount & roadpulse.stream.v1.RejectedCount.$Shape} RejectedCount
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.RejectedCount & roadpulse.stream.v1.RejectedCount.$Shape;
            }

            namespace RejectedCount {

                /** Properties of a RejectedCount. */
                interface $Properties {

                    /** RejectedCount reason */
                    reason?: (string|null);

                    /** RejectedCount count */
                    count?: (number|null);

                    /** RejectedCount field */
                    field?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RejectedCount. */
                type $Shape = roadpulse.stream.v1.RejectedCount.$Properties;
            }

            /**
             * Properties of a SessionEvent.
             * @deprecated Use roadpulse.stream.v1.SessionEvent.$Properties instead.
             */
            interface ISessionEvent extends roadpulse.stream.v1.SessionEvent.$Properties {
            }

            /** Represents a SessionEvent. */
            class SessionEvent {

                /**
                 * Constructs a new SessionEvent.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.SessionEvent.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SessionEvent slot. */
                slot: number;

                /** SessionEvent kind. */
                kind: roadpulse.stream.v1.SessionEventKind;

                /** SessionEvent shed_items. */
                shed_items: number;

                /** SessionEvent reason. */
                reason: string;

                /**
                 * Encodes the specified SessionEvent message. Does not implicitly {@link roadpulse.stream.v1.SessionEvent.verify|verify} messages.
                 * @param m SessionEvent message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.SessionEvent.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SessionEvent message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.SessionEvent & roadpulse.stream.v1.SessionEvent.$Shape} SessionEvent
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.SessionEvent & roadpulse.stream.v1.SessionEvent.$Shape;
            }

            namespace SessionEvent {

                /** Properties of a SessionEvent. */
                interface $Properties {

                    /** SessionEvent slot */
                    slot?: (number|null);

                    /** SessionEvent kind */
                    kind?: (roadpulse.stream.v1.SessionEventKind|null);

                    /** SessionEvent shed_items */
                    shed_items?: (number|null);

                    /** SessionEvent reason */
                    reason?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SessionEvent. */
                type $Shape = roadpulse.stream.v1.SessionEvent.$Properties;
            }

            /** SessionEventKind enum. */
            enum SessionEventKind {

                /** SESSION_EVENT_KIND_UNSPECIFIED value */
                SESSION_EVENT_KIND_UNSPECIFIED = 0,

                /** SESSION_EVENT_KIND_OPENED value */
                SESSION_EVENT_KIND_OPENED = 1,

                /** SESSION_EVENT_KIND_CLOSED value */
                SESSION_EVENT_KIND_CLOSED = 2,

                /** SESSION_EVENT_KIND_SHED value */
                SESSION_EVENT_KIND_SHED = 3
            }

            /**
             * Properties of a ReplayRecord.
             * @deprecated Use roadpulse.stream.v1.ReplayRecord.$Properties instead.
             */
            interface IReplayRecord extends roadpulse.stream.v1.ReplayRecord.$Properties {
            }

            /** Represents a ReplayRecord. */
            class ReplayRecord {

                /**
                 * Constructs a new ReplayRecord.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.ReplayRecord.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ReplayRecord received_at_unix_ms. */
                received_at_unix_ms: number;

                /** ReplayRecord message. */
                message?: (roadpulse.stream.v1.ReplayMessage.$Properties|null);

                /** ReplayRecord session. */
                session?: (roadpulse.stream.v1.SessionEvent.$Properties|null);

                /** ReplayRecord end. */
                end?: (roadpulse.stream.v1.ReplayEnd.$Properties|null);

                /** ReplayRecord record. */
                record?: ("message"|"session"|"end");

                /**
                 * Encodes the specified ReplayRecord message. Does not implicitly {@link roadpulse.stream.v1.ReplayRecord.verify|verify} messages.
                 * @param m ReplayRecord message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.ReplayRecord.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ReplayRecord message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.ReplayRecord & roadpulse.stream.v1.ReplayRecord.$Shape} ReplayRecord
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.ReplayRecord & roadpulse.stream.v1.ReplayRecord.$Shape;
            }

            namespace ReplayRecord {

                /** Properties of a ReplayRecord. */
                interface $Properties {

                    /** ReplayRecord received_at_unix_ms */
                    received_at_unix_ms?: (number|null);

                    /** ReplayRecord message */
                    message?: (roadpulse.stream.v1.ReplayMessage.$Properties|null);

                    /** ReplayRecord session */
                    session?: (roadpulse.stream.v1.SessionEvent.$Properties|null);

                    /** ReplayRecord end */
                    end?: (roadpulse.stream.v1.ReplayEnd.$Properties|null);

                    /** ReplayRecord record */
                    record?: ("message"|"session"|"end");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a ReplayRecord. */
                type $Shape = {
                  received_at_unix_ms?: number|null;
                  message?: roadpulse.stream.v1.ReplayMessage.$Shape|null;
                  session?: roadpulse.stream.v1.SessionEvent.$Shape|null;
                  end?: roadpulse.stream.v1.ReplayEnd.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ record?: undefined; message?: null; session?: null; end?: null }|{ record?: "message"; message: roadpulse.stream.v1.ReplayMessage.$Shape; session?: null; end?: null }|{ record?: "session"; message?: null; session: roadpulse.stream.v1.SessionEvent.$Shape; end?: null }|{ record?: "end"; message?: null; session?: null; end: roadpulse.stream.v1.ReplayEnd.$Shape })
                );
            }

            /**
             * Properties of a ReplayMessage.
             * @deprecated Use roadpulse.stream.v1.ReplayMessage.$Properties instead.
             */
            interface IReplayMessage extends roadpulse.stream.v1.ReplayMessage.$Properties {
            }

            /** Represents a ReplayMessage. */
            class ReplayMessage {

                /**
                 * Constructs a new ReplayMessage.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.ReplayMessage.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ReplayMessage slot. */
                slot: number;

                /** ReplayMessage frame. */
                frame: Uint8Array;

                /**
                 * Encodes the specified ReplayMessage message. Does not implicitly {@link roadpulse.stream.v1.ReplayMessage.verify|verify} messages.
                 * @param m ReplayMessage message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.ReplayMessage.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ReplayMessage message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.ReplayMessage & roadpulse.stream.v1.ReplayMessage.$Shape} ReplayMessage
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.ReplayMessage & roadpulse.stream.v1.ReplayMessage.$Shape;
            }

            namespace ReplayMessage {

                /** Properties of a ReplayMessage. */
                interface $Properties {

                    /** ReplayMessage slot */
                    slot?: (number|null);

                    /** ReplayMessage frame */
                    frame?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ReplayMessage. */
                type $Shape = roadpulse.stream.v1.ReplayMessage.$Properties;
            }

            /**
             * Properties of a ReplayEnd.
             * @deprecated Use roadpulse.stream.v1.ReplayEnd.$Properties instead.
             */
            interface IReplayEnd extends roadpulse.stream.v1.ReplayEnd.$Properties {
            }

            /** Represents a ReplayEnd. */
            class ReplayEnd {

                /**
                 * Constructs a new ReplayEnd.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.ReplayEnd.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified ReplayEnd message. Does not implicitly {@link roadpulse.stream.v1.ReplayEnd.verify|verify} messages.
                 * @param m ReplayEnd message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.ReplayEnd.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ReplayEnd message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.ReplayEnd & roadpulse.stream.v1.ReplayEnd.$Shape} ReplayEnd
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.ReplayEnd & roadpulse.stream.v1.ReplayEnd.$Shape;
            }

            namespace ReplayEnd {

                /** Properties of a ReplayEnd. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ReplayEnd. */
                type $Shape = roadpulse.stream.v1.ReplayEnd.$Properties;
            }

            /**
             * Properties of a ReplayProgress.
             * @deprecated Use roadpulse.stream.v1.ReplayProgress.$Properties instead.
             */
            interface IReplayProgress extends roadpulse.stream.v1.ReplayProgress.$Properties {
            }

            /** Represents a ReplayProgress. */
            class ReplayProgress {

                /**
                 * Constructs a new ReplayProgress.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.stream.v1.ReplayProgress.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ReplayProgress records. */
                records: number;

                /** ReplayProgress done. */
                done: boolean;

                /**
                 * Encodes the specified ReplayProgress message. Does not implicitly {@link roadpulse.stream.v1.ReplayProgress.verify|verify} messages.
                 * @param m ReplayProgress message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.stream.v1.ReplayProgress.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ReplayProgress message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.stream.v1.ReplayProgress & roadpulse.stream.v1.ReplayProgress.$Shape} ReplayProgress
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.stream.v1.ReplayProgress & roadpulse.stream.v1.ReplayProgress.$Shape;
            }

            namespace ReplayProgress {

                /** Properties of a ReplayProgress. */
                interface $Properties {

                    /** ReplayProgress records */
                    records?: (number|null);

                    /** ReplayProgress done */
                    done?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ReplayProgress. */
                type $Shape = roadpulse.stream.v1.ReplayProgress.$Properties;
            }
        }
    }

    /** Namespace v2x. */
    namespace v2x {

        /** Namespace v1. */
        namespace v1 {

            /**
             * Properties of a GeoPoint.
             * @deprecated Use roadpulse.v2x.v1.GeoPoint.$Properties instead.
             */
            interface IGeoPoint extends roadpulse.v2x.v1.GeoPoint.$Properties {
            }

            /** Represents a GeoPoint. */
            class GeoPoint {

                /**
                 * Constructs a new GeoPoint.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.v2x.v1.GeoPoint.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** GeoPoint latitude_e7. */
                latitude_e7: number;

                /** GeoPoint longitude_e7. */
                longitude_e7: number;

                /** GeoPoint altitude_cm. */
                altitude_cm?: (number|null);

                /**
                 * Encodes the specified GeoPoint message. Does not implicitly {@link roadpulse.v2x.v1.GeoPoint.verify|verify} messages.
                 * @param m GeoPoint message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.v2x.v1.GeoPoint.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GeoPoint message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.v2x.v1.GeoPoint & roadpulse.v2x.v1.GeoPoint.$Shape} GeoPoint
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.v2x.v1.GeoPoint & roadpulse.v2x.v1.GeoPoint.$Shape;
            }

            namespace GeoPoint {

                /** Properties of a GeoPoint. */
                interface $Properties {

                    /** GeoPoint latitude_e7 */
                    latitude_e7?: (number|null);

                    /** GeoPoint longitude_e7 */
                    longitude_e7?: (number|null);

                    /** GeoPoint altitude_cm */
                    altitude_cm?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a GeoPoint. */
                type $Shape = roadpulse.v2x.v1.GeoPoint.$Properties;
            }

            /**
             * Properties of a GeoOffset.
             * @deprecated Use roadpulse.v2x.v1.GeoOffset.$Properties instead.
             */
            interface IGeoOffset extends roadpulse.v2x.v1.GeoOffset.$Properties {
            }

            /** Represents a GeoOffset. */
            class GeoOffset {

                /**
                 * Constructs a new GeoOffset.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.v2x.v1.GeoOffset.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** GeoOffset delta_latitude_e7. */
                delta_latitude_e7: number;

                /** GeoOffset delta_longitude_e7. */
                delta_longitude_e7: number;

                /** GeoOffset delta_altitude_cm. */
                delta_altitude_cm?: (number|null);

                /** GeoOffset delta_time_cs. */
                delta_time_cs?: (number|null);

                /**
                 * Encodes the specified GeoOffset message. Does not implicitly {@link roadpulse.v2x.v1.GeoOffset.verify|verify} messages.
                 * @param m GeoOffset message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.v2x.v1.GeoOffset.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GeoOffset message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.v2x.v1.GeoOffset & roadpulse.v2x.v1.GeoOffset.$Shape} GeoOffset
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.v2x.v1.GeoOffset & roadpulse.v2x.v1.GeoOffset.$Shape;
            }

            namespace GeoOffset {

                /** Properties of a GeoOffset. */
                interface $Properties {

                    /** GeoOffset delta_latitude_e7 */
                    delta_latitude_e7?: (number|null);

                    /** GeoOffset delta_longitude_e7 */
                    delta_longitude_e7?: (number|null);

                    /** GeoOffset delta_altitude_cm */
                    delta_altitude_cm?: (number|null);

                    /** GeoOffset delta_time_cs */
                    delta_time_cs?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a GeoOffset. */
                type $Shape = roadpulse.v2x.v1.GeoOffset.$Properties;
            }

            /**
             * Properties of a Path.
             * @deprecated Use roadpulse.v2x.v1.Path.$Properties instead.
             */
            interface IPath extends roadpulse.v2x.v1.Path.$Properties {
            }

            /** Represents a Path. */
            class Path {

                /**
                 * Constructs a new Path.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.v2x.v1.Path.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Path points. */
                points: roadpulse.v2x.v1.GeoOffset.$Properties[];

                /**
                 * Encodes the specified Path message. Does not implicitly {@link roadpulse.v2x.v1.Path.verify|verify} messages.
                 * @param m Path message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.v2x.v1.Path.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Path message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.v2x.v1.Path & roadpulse.v2x.v1.Path.$Shape} Path
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.v2x.v1.Path & roadpulse.v2x.v1.Path.$Shape;
            }

            namespace Path {

                /** Properties of a Path. */
                interface $Properties {

                    /** Path points */
                    points?: (roadpulse.v2x.v1.GeoOffset.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Path. */
                type $Shape = roadpulse.v2x.v1.Path.$Properties;
            }

            /**
             * Properties of an ErrorEllipse.
             * @deprecated Use roadpulse.v2x.v1.ErrorEllipse.$Properties instead.
             */
            interface IErrorEllipse extends roadpulse.v2x.v1.ErrorEllipse.$Properties {
            }

            /** Represents an ErrorEllipse. */
            class ErrorEllipse {

                /**
                 * Constructs a new ErrorEllipse.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.v2x.v1.ErrorEllipse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ErrorEllipse semi_major_cm. */
                semi_major_cm: number;

                /** ErrorEllipse semi_minor_cm. */
                semi_minor_cm: number;

                /** ErrorEllipse orientation_ddeg. */
                orientation_ddeg?: (number|null);

                /**
                 * Encodes the specified ErrorEllipse message. Does not implicitly {@link roadpulse.v2x.v1.ErrorEllipse.verify|verify} messages.
                 * @param m ErrorEllipse message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.v2x.v1.ErrorEllipse.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ErrorEllipse message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.v2x.v1.ErrorEllipse & roadpulse.v2x.v1.ErrorEllipse.$Shape} ErrorEllipse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.v2x.v1.ErrorEllipse & roadpulse.v2x.v1.ErrorEllipse.$Shape;
            }

            namespace ErrorEllipse {

                /** Properties of an ErrorEllipse. */
                interface $Properties {

                    /** ErrorEllipse semi_major_cm */
                    semi_major_cm?: (number|null);

                    /** ErrorEllipse semi_minor_cm */
                    semi_minor_cm?: (number|null);

                    /** ErrorEllipse orientation_ddeg */
                    orientation_ddeg?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an ErrorEllipse. */
                type $Shape = roadpulse.v2x.v1.ErrorEllipse.$Properties;
            }

            /** StationType enum. */
            enum StationType {

                /** STATION_TYPE_UNSPECIFIED value */
                STATION_TYPE_UNSPECIFIED = 0,

                /** STATION_TYPE_UNKNOWN value */
                STATION_TYPE_UNKNOWN = 1,

                /** STATION_TYPE_PEDESTRIAN value */
                STATION_TYPE_PEDESTRIAN = 2,

                /** STATION_TYPE_CYCLIST value */
                STATION_TYPE_CYCLIST = 3,

                /** STATION_TYPE_MOPED value */
                STATION_TYPE_MOPED = 4,

                /** STATION_TYPE_MOTORCYCLE value */
                STATION_TYPE_MOTORCYCLE = 5,

                /** STATION_TYPE_PASSENGER_CAR value */
                STATION_TYPE_PASSENGER_CAR = 6,

                /** STATION_TYPE_BUS value */
                STATION_TYPE_BUS = 7,

                /** STATION_TYPE_LIGHT_TRUCK value */
                STATION_TYPE_LIGHT_TRUCK = 8,

                /** STATION_TYPE_HEAVY_TRUCK value */
                STATION_TYPE_HEAVY_TRUCK = 9,

                /** STATION_TYPE_TRAILER value */
                STATION_TYPE_TRAILER = 10,

                /** STATION_TYPE_SPECIAL_VEHICLE value */
                STATION_TYPE_SPECIAL_VEHICLE = 11,

                /** STATION_TYPE_TRAM value */
                STATION_TYPE_TRAM = 12,

                /** STATION_TYPE_LIGHT_VRU_VEHICLE value */
                STATION_TYPE_LIGHT_VRU_VEHICLE = 13,

                /** STATION_TYPE_ANIMAL value */
                STATION_TYPE_ANIMAL = 14,

                /** STATION_TYPE_AGRICULTURAL value */
                STATION_TYPE_AGRICULTURAL = 15,

                /** STATION_TYPE_INFRASTRUCTURE value */
                STATION_TYPE_INFRASTRUCTURE = 16
            }

            /**
             * Properties of an AutomationEvent.
             * @deprecated Use roadpulse.v2x.v1.AutomationEvent.$Properties instead.
             */
            interface IAutomationEvent extends roadpulse.v2x.v1.AutomationEvent.$Properties {
            }

            /** Represents an AutomationEvent. */
            class AutomationEvent {

                /**
                 * Constructs a new AutomationEvent.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.v2x.v1.AutomationEvent.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AutomationEvent kind. */
                kind: roadpulse.v2x.v1.AutomationEventKind;

                /** AutomationEvent position. */
                position?: (roadpulse.v2x.v1.GeoPoint.$Properties|null);

                /** AutomationEvent sae_level. */
                sae_level?: (number|null);

                /** AutomationEvent engaged. */
                engaged?: (boolean|null);

                /** AutomationEvent heading_ddeg. */
                heading_ddeg?: (number|null);

                /** AutomationEvent speed_cmps. */
                speed_cmps?: (number|null);

                /** AutomationEvent lead_time_ms. */
                lead_time_ms?: (number|null);

                /** AutomationEvent cause. */
                cause: roadpulse.v2x.v1.AutomationCause;

                /** AutomationEvent design_domain. */
                design_domain: string;

                /** AutomationEvent planned_path. */
                planned_path: roadpulse.v2x.v1.PlannedPoint.$Properties[];

                /** AutomationEvent min_acceleration_cmps2. */
                min_acceleration_cmps2?: (number|null);

                /** AutomationEvent occurrence. */
                occurrence: number;

                /**
                 * Encodes the specified AutomationEvent message. Does not implicitly {@link roadpulse.v2x.v1.AutomationEvent.verify|verify} messages.
                 * @param m AutomationEvent message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.v2x.v1.AutomationEvent.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AutomationEvent message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.v2x.v1.AutomationEvent & roadpulse.v2x.v1.AutomationEvent.$Shape} AutomationEvent
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.v2x.v1.AutomationEvent & roadpulse.v2x.v1.AutomationEvent.$Shape;
            }

            namespace AutomationEvent {

                /** Properties of an AutomationEvent. */
                interface $Properties {

                    /** AutomationEvent kind */
                    kind?: (roadpulse.v2x.v1.AutomationEventKind|null);

                    /** AutomationEvent position */
                    position?: (roadpulse.v2x.v1.GeoPoint.$Properties|null);

                    /** AutomationEvent sae_level */
                    sae_level?: (number|null);

                    /** AutomationEvent engaged */
                    engaged?: (boolean|null);

                    /** AutomationEvent heading_ddeg */
                    heading_ddeg?: (number|null);

                    /** AutomationEvent speed_cmps */
                    speed_cmps?: (number|null);

                    /** AutomationEvent lead_time_ms */
                    lead_time_ms?: (number|null);

                    /** AutomationEvent cause */
                    cause?: (roadpulse.v2x.v1.AutomationCause|null);

                    /** AutomationEvent design_domain */
                    design_domain?: (string|null);

                    /** AutomationEvent planned_path */
                    planned_path?: (roadpulse.v2x.v1.PlannedPoint.$Properties[]|null);

                    /** AutomationEvent min_acceleration_cmps2 */
                    min_acceleration_cmps2?: (number|null);

                    /** AutomationEvent occurrence */
                    occurrence?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AutomationEvent. */
                type $Shape = roadpulse.v2x.v1.AutomationEvent.$Properties;
            }

            /** AutomationEventKind enum. */
            enum AutomationEventKind {

                /** AUTOMATION_EVENT_KIND_UNSPECIFIED value */
                AUTOMATION_EVENT_KIND_UNSPECIFIED = 0,

                /** AUTOMATION_EVENT_KIND_STATUS value */
                AUTOMATION_EVENT_KIND_STATUS = 1,

                /** AUTOMATION_EVENT_KIND_ENGAGED value */
                AUTOMATION_EVENT_KIND_ENGAGED = 2,

                /** AUTOMATION_EVENT_KIND_TAKEOVER_REQUEST value */
                AUTOMATION_EVENT_KIND_TAKEOVER_REQUEST = 3,

                /** AUTOMATION_EVENT_KIND_DISENGAGEMENT value */
                AUTOMATION_EVENT_KIND_DISENGAGEMENT = 4,

                /** AUTOMATION_EVENT_KIND_MINIMAL_RISK_MANOEUVRE_STARTED value */
                AUTOMATION_EVENT_KIND_MINIMAL_RISK_MANOEUVRE_STARTED = 5,

                /** AUTOMATION_EVENT_KIND_MINIMAL_RISK_MANOEUVRE_ENDED value */
                AUTOMATION_EVENT_KIND_MINIMAL_RISK_MANOEUVRE_ENDED = 6,

                /** AUTOMATION_EVENT_KIND_DESIGN_DOMAIN_EXIT_AHEAD value */
                AUTOMATION_EVENT_KIND_DESIGN_DOMAIN_EXIT_AHEAD = 7,

                /** AUTOMATION_EVENT_KIND_DESIGN_DOMAIN_LEFT value */
                AUTOMATION_EVENT_KIND_DESIGN_DOMAIN_LEFT = 8,

                /** AUTOMATION_EVENT_KIND_REMOTE_ASSISTANCE_REQUESTED value */
                AUTOMATION_EVENT_KIND_REMOTE_ASSISTANCE_REQUESTED = 9,

                /** AUTOMATION_EVENT_KIND_REMOTE_ASSISTANCE_ENDED value */
                AUTOMATION_EVENT_KIND_REMOTE_ASSISTANCE_ENDED = 10,

                /** AUTOMATION_EVENT_KIND_HARD_INTERVENTION value */
                AUTOMATION_EVENT_KIND_HARD_INTERVENTION = 11
            }

            /** AutomationCause enum. */
            enum AutomationCause {

                /** AUTOMATION_CAUSE_UNSPECIFIED value */
                AUTOMATION_CAUSE_UNSPECIFIED = 0,

                /** AUTOMATION_CAUSE_WEATHER value */
                AUTOMATION_CAUSE_WEATHER = 1,

                /** AUTOMATION_CAUSE_ROADWORKS value */
                AUTOMATION_CAUSE_ROADWORKS = 2,

                /** AUTOMATION_CAUSE_LANE_MARKING value */
                AUTOMATION_CAUSE_LANE_MARKING = 3,

                /** AUTOMATION_CAUSE_OBJECT value */
                AUTOMATION_CAUSE_OBJECT = 4,

                /** AUTOMATION_CAUSE_TRAFFIC value */
                AUTOMATION_CAUSE_TRAFFIC = 5,

                /** AUTOMATION_CAUSE_SYSTEM_FAULT value */
                AUTOMATION_CAUSE_SYSTEM_FAULT = 6,

                /** AUTOMATION_CAUSE_LOCALISATION value */
                AUTOMATION_CAUSE_LOCALISATION = 7,

                /** AUTOMATION_CAUSE_DRIVER value */
                AUTOMATION_CAUSE_DRIVER = 8,

                /** AUTOMATION_CAUSE_EMERGENCY_VEHICLE value */
                AUTOMATION_CAUSE_EMERGENCY_VEHICLE = 9
            }

            /**
             * Properties of a PlannedPoint.
             * @deprecated Use roadpulse.v2x.v1.PlannedPoint.$Properties instead.
             */
            interface IPlannedPoint extends roadpulse.v2x.v1.PlannedPoint.$Properties {
            }

            /** Represents a PlannedPoint. */
            class PlannedPoint {

                /**
                 * Constructs a new PlannedPoint.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.v2x.v1.PlannedPoint.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** PlannedPoint offset. */
                offset?: (roadpulse.v2x.v1.GeoOffset.$Properties|null);

                /** PlannedPoint time_offset_ms. */
                time_offset_ms: number;

                /** PlannedPoint speed_cmps. */
                speed_cmps?: (number|null);

                /**
                 * Encodes the specified PlannedPoint message. Does not implicitly {@link roadpulse.v2x.v1.PlannedPoint.verify|verify} messages.
                 * @param m PlannedPoint message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.v2x.v1.PlannedPoint.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PlannedPoint message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.v2x.v1.PlannedPoint & roadpulse.v2x.v1.PlannedPoint.$Shape} PlannedPoint
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.v2x.v1.PlannedPoint & roadpulse.v2x.v1.PlannedPoint.$Shape;
            }

            namespace PlannedPoint {

                /** Properties of a PlannedPoint. */
                interface $Properties {

                    /** PlannedPoint offset */
                    offset?: (roadpulse.v2x.v1.GeoOffset.$Properties|null);

                    /** PlannedPoint time_offset_ms */
                    time_offset_ms?: (number|null);

                    /** PlannedPoint speed_cmps */
                    speed_cmps?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a PlannedPoint. */
                type $Shape = roadpulse.v2x.v1.PlannedPoint.$Properties;
            }

            /**
             * Properties of an Awareness.
             * @deprecated Use roadpulse.v2x.v1.Awareness.$Properties instead.
             */
            interface IAwareness extends roadpulse.v2x.v1.Awareness.$Properties {
            }

            /** Represents an Awareness. */
            class Awareness {

                /**
                 * Constructs a new Awareness.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.v2x.v1.Awareness.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Awareness latitude_e7. */
                latitude_e7: number;

                /** Awareness longitude_e7. */
                longitude_e7: number;

                /** Awareness speed_cmps. */
                speed_cmps?: (number|null);

                /** Awareness heading_ddeg. */
                heading_ddeg?: (number|null);

                /** Awareness longitudinal_acceleration_cmps2. */
                longitudinal_acceleration_cmps2?: (number|null);

                /** Awareness yaw_rate_cdegps. */
                yaw_rate_cdegps?: (number|null);

                /** Awareness source. */
                source: roadpulse.v2x.v1.AwarenessSource;

                /** Awareness station_type. */
                station_type: roadpulse.v2x.v1.StationType;

                /** Awareness control_bits. */
                control_bits?: (number|null);

                /** Awareness exterior_light_bits. */
                exterior_light_bits?: (number|null);

                /** Awareness event_bits. */
                event_bits?: (number|null);

                /** Awareness length_cm. */
                length_cm?: (number|null);

                /** Awareness width_cm. */
                width_cm?: (number|null);

                /** Awareness drive_direction. */
                drive_direction: roadpulse.v2x.v1.DriveDirection;

                /** Awareness role. */
                role: roadpulse.v2x.v1.VehicleRole;

                /** Awareness altitude_cm. */
                altitude_cm?: (number|null);

                /** Awareness position_confidence. */
                position_confidence?: (roadpulse.v2x.v1.ErrorEllipse.$Properties|null);

                /** Awareness speed_confidence_cmps. */
                speed_confidence_cmps?: (number|null);

                /** Awareness heading_confidence_ddeg. */
                heading_confidence_ddeg?: (number|null);

                /** Awareness lateral_acceleration_cmps2. */
                lateral_acceleration_cmps2?: (number|null);

                /** Awareness curvature_e4_per_m. */
                curvature_e4_per_m?: (number|null);

                /** Awareness lane_position. */
                lane_position?: (number|null);

                /** Awareness steering_wheel_angle_ddeg. */
                steering_wheel_angle_ddeg?: (number|null);

                /** Awareness light_bar_active. */
                light_bar_active?: (boolean|null);

                /** Awareness siren_active. */
                siren_active?: (boolean|null);

                /** Awareness path_history. */
                path_history?: (roadpulse.v2x.v1.Path.$Properties|null);

                /** Awareness wiper_rate_per_min. */
                wiper_rate_per_min?: (number|null);

                /** Awareness message_count. */
                message_count?: (number|null);

                /**
                 * Encodes the specified Awareness message. Does not implicitly {@link roadpulse.v2x.v1.Awareness.verify|verify} messages.
                 * @param m Awareness message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.v2x.v1.Awareness.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Awareness message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.v2x.v1.Awareness & roadpulse.v2x.v1.Awareness.$Shape} Awareness
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.v2x.v1.Awareness & roadpulse.v2x.v1.Awareness.$Shape;
            }

            namespace Awareness {

                /** Properties of an Awareness. */
                interface $Properties {

                    /** Awareness latitude_e7 */
                    latitude_e7?: (number|null);

                    /** Awareness longitude_e7 */
                    longitude_e7?: (number|null);

                    /** Awareness speed_cmps */
                    speed_cmps?: (number|null);

                    /** Awareness heading_ddeg */
                    heading_ddeg?: (number|null);

                    /** Awareness longitudinal_acceleration_cmps2 */
                    longitudinal_acceleration_cmps2?: (number|null);

                    /** Awareness yaw_rate_cdegps */
                    yaw_rate_cdegps?: (number|null);

                    /** Awareness source */
                    source?: (roadpulse.v2x.v1.AwarenessSource|null);

                    /** Awareness station_type */
                    station_type?: (roadpulse.v2x.v1.StationType|null);

                    /** Awareness control_bits */
                    control_bits?: (number|null);

                    /** Awareness exterior_light_bits */
                    exterior_light_bits?: (number|null);

                    /** Awareness event_bits */
                    event_bits?: (number|null);

                    /** Awareness length_cm */
                    length_cm?: (number|null);

                    /** Awareness width_cm */
                    width_cm?: (number|null);

                    /** Awareness drive_direction */
                    drive_direction?: (roadpulse.v2x.v1.DriveDirection|null);

                    /** Awareness role */
                    role?: (roadpulse.v2x.v1.VehicleRole|null);

                    /** Awareness altitude_cm */
                    altitude_cm?: (number|null);

                    /** Awareness position_confidence */
                    position_confidence?: (roadpulse.v2x.v1.ErrorEllipse.$Properties|null);

                    /** Awareness speed_confidence_cmps */
                    speed_confidence_cmps?: (number|null);

                    /** Awareness heading_confidence_ddeg */
                    heading_confidence_ddeg?: (number|null);

                    /** Awareness lateral_acceleration_cmps2 */
                    lateral_acceleration_cmps2?: (number|null);

                    /** Awareness curvature_e4_per_m */
                    curvature_e4_per_m?: (number|null);

                    /** Awareness lane_position */
                    lane_position?: (number|null);

                    /** Awareness steering_wheel_angle_ddeg */
                    steering_wheel_angle_ddeg?: (number|null);

                    /** Awareness light_bar_active */
                    light_bar_active?: (boolean|null);

                    /** Awareness siren_active */
                    siren_active?: (boolean|null);

                    /** Awareness path_history */
                    path_history?: (roadpulse.v2x.v1.Path.$Properties|null);

                    /** Awareness wiper_rate_per_min */
                    wiper_rate_per_min?: (number|null);

                    /** Awareness message_count */
                    message_count?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Awareness. */
                type $Shape = roadpulse.v2x.v1.Awareness.$Properties;
            }

            /** AwarenessSource enum. */
            enum AwarenessSource {

                /** AWARENESS_SOURCE_UNSPECIFIED value */
                AWARENESS_SOURCE_UNSPECIFIED = 0,

                /** AWARENESS_SOURCE_CAM value */
                AWARENESS_SOURCE_CAM = 1,

                /** AWARENESS_SOURCE_BSM value */
                AWARENESS_SOURCE_BSM = 2,

                /** AWARENESS_SOURCE_VAM value */
                AWARENESS_SOURCE_VAM = 3
            }

            /** DriveDirection enum. */
            enum DriveDirection {

                /** DRIVE_DIRECTION_UNSPECIFIED value */
                DRIVE_DIRECTION_UNSPECIFIED = 0,

                /** DRIVE_DIRECTION_FORWARD value */
                DRIVE_DIRECTION_FORWARD = 1,

                /** DRIVE_DIRECTION_BACKWARD value */
                DRIVE_DIRECTION_BACKWARD = 2
            }

            /** VehicleRole enum. */
            enum VehicleRole {

                /** VEHICLE_ROLE_UNSPECIFIED value */
                VEHICLE_ROLE_UNSPECIFIED = 0,

                /** VEHICLE_ROLE_DEFAULT value */
                VEHICLE_ROLE_DEFAULT = 1,

                /** VEHICLE_ROLE_PUBLIC_TRANSPORT value */
                VEHICLE_ROLE_PUBLIC_TRANSPORT = 2,

                /** VEHICLE_ROLE_SPECIAL_TRANSPORT value */
                VEHICLE_ROLE_SPECIAL_TRANSPORT = 3,

                /** VEHICLE_ROLE_DANGEROUS_GOODS value */
                VEHICLE_ROLE_DANGEROUS_GOODS = 4,

                /** VEHICLE_ROLE_ROAD_WORK value */
                VEHICLE_ROLE_ROAD_WORK = 5,

                /** VEHICLE_ROLE_RESCUE value */
                VEHICLE_ROLE_RESCUE = 6,

                /** VEHICLE_ROLE_EMERGENCY value */
                VEHICLE_ROLE_EMERGENCY = 7,

                /** VEHICLE_ROLE_SAFETY_CAR value */
                VEHICLE_ROLE_SAFETY_CAR = 8,

                /** VEHICLE_ROLE_AGRICULTURE value */
                VEHICLE_ROLE_AGRICULTURE = 9,

                /** VEHICLE_ROLE_COMMERCIAL value */
                VEHICLE_ROLE_COMMERCIAL = 10,

                /** VEHICLE_ROLE_MILITARY value */
                VEHICLE_ROLE_MILITARY = 11,

                /** VEHICLE_ROLE_ROAD_OPERATOR value */
                VEHICLE_ROLE_ROAD_OPERATOR = 12,

                /** VEHICLE_ROLE_TAXI value */
                VEHICLE_ROLE_TAXI = 13
            }

            /**
             * Properties of a HazardNotice.
             * @deprecated Use roadpulse.v2x.v1.HazardNotice.$Properties instead.
             */
            interface IHazardNotice extends roadpulse.v2x.v1.HazardNotice.$Properties {
            }

            /** Represents a HazardNotice. */
            class HazardNotice {

                /**
                 * Constructs a new HazardNotice.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.v2x.v1.HazardNotice.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** HazardNotice event. */
                event?: (roadpulse.v2x.v1.EventKey.$Properties|null);

                /** HazardNotice detection_offset_ms. */
                detection_offset_ms: number;

                /** HazardNotice reference_offset_ms. */
                reference_offset_ms: number;

                /** HazardNotice termination. */
                termination: roadpulse.v2x.v1.Termination;

                /** HazardNotice position. */
                position?: (roadpulse.v2x.v1.GeoPoint.$Properties|null);

                /** HazardNotice validity_s. */
                validity_s?: (number|null);

                /** HazardNotice cause_code. */
                cause_code: number;

                /** HazardNotice sub_cause_code. */
                sub_cause_code: number;

                /** HazardNotice information_quality. */
                information_quality?: (number|null);

                /** HazardNotice awareness_distance_m. */
                awareness_distance_m?: (number|null);

                /** HazardNotice traffic_direction. */
                traffic_direction: roadpulse.v2x.v1.TrafficDirection;

                /** HazardNotice event_speed_cmps. */
                event_speed_cmps?: (number|null);

                /** HazardNotice event_heading_ddeg. */
                event_heading_ddeg?: (number|null);

                /** HazardNotice transmission_interval_ms. */
                transmission_interval_ms?: (number|null);

                /** HazardNotice station_type. */
                station_type: roadpulse.v2x.v1.StationType;

                /** HazardNotice event_zone. */
                event_zone: roadpulse.v2x.v1.GeoOffset.$Properties[];

                /** HazardNotice traces. */
                traces: roadpulse.v2x.v1.Path.$Properties[];

                /** HazardNotice road_type. */
                road_type: roadpulse.v2x.v1.RoadType;

                /** HazardNotice lane_position. */
                lane_position?: (number|null);

                /** HazardNotice linked_cause_code. */
                linked_cause_code?: (number|null);

                /** HazardNotice linked_sub_cause_code. */
                linked_sub_cause_code?: (number|null);

                /** HazardNotice linked_events. */
                linked_events: roadpulse.v2x.v1.EventKey.$Properties[];

                /** HazardNotice roadworks. */
                roadworks?: (roadpulse.v2x.v1.RoadworksDetails.$Properties|null);

                /** HazardNotice stationary_vehicle. */
                stationary_vehicle?: (roadpulse.v2x.v1.StationaryVehicleDetails.$Properties|null);

                /** HazardNotice external_temperature_c. */
                external_temperature_c?: (number|null);

                /**
                 * Encodes the specified HazardNotice message. Does not implicitly {@link roadpulse.v2x.v1.HazardNotice.verify|verify} messages.
                 * @param m HazardNotice message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.v2x.v1.HazardNotice.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a HazardNotice message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.v2x.v1.HazardNotice & roadpulse.v2x.v1.HazardNotice.$Shape} HazardNotice
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.v2x.v1.HazardNotice & roadpulse.v2x.v1.HazardNotice.$Shape;
            }

            namespace HazardNotice {

                /** Properties of a HazardNotice. */
                interface $Properties {

                    /** HazardNotice event */
                    event?: (roadpulse.v2x.v1.EventKey.$Properties|null);

                    /** HazardNotice detection_offset_ms */
                    detection_offset_ms?: (number|null);

                    /** HazardNotice reference_offset_ms */
                    reference_offset_ms?: (number|null);

                    /** HazardNotice termination */
                    termination?: (roadpulse.v2x.v1.Termination|null);

                    /** HazardNotice position */
                    position?: (roadpulse.v2x.v1.GeoPoint.$Properties|null);

                    /** HazardNotice validity_s */
                    validity_s?: (number|null);

                    /** HazardNotice cause_code */
                    cause_code?: (number|null);

                    /** HazardNotice sub_cause_code */
                    sub_cause_code?: (number|null);

                    /** HazardNotice information_quality */
                    information_quality?: (number|null);

                    /** HazardNotice awareness_distance_m */
                    awareness_distance_m?: (number|null);

                    /** HazardNotice traffic_direction */
                    traffic_direction?: (roadpulse.v2x.v1.TrafficDirection|null);

                    /** HazardNotice event_speed_cmps */
                    event_speed_cmps?: (number|null);

                    /** HazardNotice event_heading_ddeg */
                    event_heading_ddeg?: (number|null);

                    /** HazardNotice transmission_interval_ms */
                    transmission_interval_ms?: (number|null);

                    /** HazardNotice station_type */
                    station_type?: (roadpulse.v2x.v1.StationType|null);

                    /** HazardNotice event_zone */
                    event_zone?: (roadpulse.v2x.v1.GeoOffset.$Properties[]|null);

                    /** HazardNotice traces */
                    traces?: (roadpulse.v2x.v1.Path.$Properties[]|null);

                    /** HazardNotice road_type */
                    road_type?: (roadpulse.v2x.v1.RoadType|null);

                    /** HazardNotice lane_position */
                    lane_position?: (number|null);

                    /** HazardNotice linked_cause_code */
                    linked_cause_code?: (number|null);

                    /** HazardNotice linked_sub_cause_code */
                    linked_sub_cause_code?: (number|null);

                    /** HazardNotice linked_events */
                    linked_events?: (roadpulse.v2x.v1.EventKey.$Properties[]|null);

                    /** HazardNotice roadworks */
                    roadworks?: (roadpulse.v2x.v1.RoadworksDetails.$Properties|null);

                    /** HazardNotice stationary_vehicle */
                    stationary_vehicle?: (roadpulse.v2x.v1.StationaryVehicleDetails.$Properties|null);

                    /** HazardNotice external_temperature_c */
                    external_temperature_c?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a HazardNotice. */
                type $Shape = roadpulse.v2x.v1.HazardNotice.$Properties;
            }

            /**
             * Properties of an EventKey.
             * @deprecated Use roadpulse.v2x.v1.EventKey.$Properties instead.
             */
            interface IEventKey extends roadpulse.v2x.v1.EventKey.$Properties {
            }

            /** Represents an EventKey. */
            class EventKey {

                /**
                 * Constructs a new EventKey.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.v2x.v1.EventKey.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** EventKey originating_station_id. */
                originating_station_id: number;

                /** EventKey sequence_number. */
                sequence_number: number;

                /**
                 * Encodes the specified EventKey message. Does not implicitly {@link roadpulse.v2x.v1.EventKey.verify|verify} messages.
                 * @param m EventKey message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.v2x.v1.EventKey.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an EventKey message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.v2x.v1.EventKey & roadpulse.v2x.v1.EventKey.$Shape} EventKey
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.v2x.v1.EventKey & roadpulse.v2x.v1.EventKey.$Shape;
            }

            namespace EventKey {

                /** Properties of an EventKey. */
                interface $Properties {

                    /** EventKey originating_station_id */
                    originating_station_id?: (number|null);

                    /** EventKey sequence_number */
                    sequence_number?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an EventKey. */
                type $Shape = roadpulse.v2x.v1.EventKey.$Properties;
            }

            /** Termination enum. */
            enum Termination {

                /** TERMINATION_UNSPECIFIED value */
                TERMINATION_UNSPECIFIED = 0,

                /** TERMINATION_CANCELLATION value */
                TERMINATION_CANCELLATION = 1,

                /** TERMINATION_NEGATION value */
                TERMINATION_NEGATION = 2
            }

            /** TrafficDirection enum. */
            enum TrafficDirection {

                /** TRAFFIC_DIRECTION_UNSPECIFIED value */
                TRAFFIC_DIRECTION_UNSPECIFIED = 0,

                /** TRAFFIC_DIRECTION_ALL value */
                TRAFFIC_DIRECTION_ALL = 1,

                /** TRAFFIC_DIRECTION_UPSTREAM value */
                TRAFFIC_DIRECTION_UPSTREAM = 2,

                /** TRAFFIC_DIRECTION_DOWNSTREAM value */
                TRAFFIC_DIRECTION_DOWNSTREAM = 3,

                /** TRAFFIC_DIRECTION_OPPOSITE value */
                TRAFFIC_DIRECTION_OPPOSITE = 4
            }

            /** RoadType enum. */
            enum RoadType {

                /** ROAD_TYPE_UNSPECIFIED value */
                ROAD_TYPE_UNSPECIFIED = 0,

                /** ROAD_TYPE_URBAN_UNDIVIDED value */
                ROAD_TYPE_URBAN_UNDIVIDED = 1,

                /** ROAD_TYPE_URBAN_DIVIDED value */
                ROAD_TYPE_URBAN_DIVIDED = 2,

                /** ROAD_TYPE_NON_URBAN_UNDIVIDED value */
                ROAD_TYPE_NON_URBAN_UNDIVIDED = 3,

                /** ROAD_TYPE_NON_URBAN_DIVIDED value */
                ROAD_TYPE_NON_URBAN_DIVIDED = 4
            }

            /**
             * Properties of a RoadworksDetails.
             * @deprecated Use roadpulse.v2x.v1.RoadworksDetails.$Properties instead.
             */
            interface IRoadworksDetails extends roadpulse.v2x.v1.RoadworksDetails.$Properties {
            }

            /** Represents a RoadworksDetails. */
            class RoadworksDetails {

                /**
                 * Constructs a new RoadworksDetails.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.v2x.v1.RoadworksDetails.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RoadworksDetails closed_lane_bits. */
                closed_lane_bits?: (number|null);

                /** RoadworksDetails speed_limit_kmph. */
                speed_limit_kmph?: (number|null);

                /** RoadworksDetails start_of_speed_limit. */
                start_of_speed_limit?: (roadpulse.v2x.v1.GeoOffset.$Properties|null);

                /**
                 * Encodes the specified RoadworksDetails message. Does not implicitly {@link roadpulse.v2x.v1.RoadworksDetails.verify|verify} messages.
                 * @param m RoadworksDetails message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.v2x.v1.RoadworksDetails.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RoadworksDetails message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.v2x.v1.RoadworksDetails & roadpulse.v2x.v1.RoadworksDetails.$Shape} RoadworksDetails
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.v2x.v1.RoadworksDetails & roadpulse.v2x.v1.RoadworksDetails.$Shape;
            }

            namespace RoadworksDetails {

                /** Properties of a RoadworksDetails. */
                interface $Properties {

                    /** RoadworksDetails closed_lane_bits */
                    closed_lane_bits?: (number|null);

                    /** RoadworksDetails speed_limit_kmph */
                    speed_limit_kmph?: (number|null);

                    /** RoadworksDetails start_of_speed_limit */
                    start_of_speed_limit?: (roadpulse.v2x.v1.GeoOffset.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RoadworksDetails. */
                type $Shape = roadpulse.v2x.v1.RoadworksDetails.$Properties;
            }

            /**
             * Properties of a StationaryVehicleDetails.
             * @deprecated Use roadpulse.v2x.v1.StationaryVehicleDetails.$Properties instead.
             */
            interface IStationaryVehicleDetails extends roadpulse.v2x.v1.StationaryVehicleDetails.$Properties {
            }

            /** Represents a StationaryVehicleDetails. */
            class StationaryVehicleDetails {

                /**
                 * Constructs a new StationaryVehicleDetails.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.v2x.v1.StationaryVehicleDetails.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** StationaryVehicleDetails stationary_since. */
                stationary_since?: (number|null);

                /** StationaryVehicleDetails un_number. */
                un_number?: (number|null);

                /** StationaryVehicleDetails occupants. */
                occupants?: (number|null);

                /**
                 * Encodes the specified StationaryVehicleDetails message. Does not implicitly {@link roadpulse.v2x.v1.StationaryVehicleDetails.verify|verify} messages.
                 * @param m StationaryVehicleDetails message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.v2x.v1.StationaryVehicleDetails.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StationaryVehicleDetails message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.v2x.v1.StationaryVehicleDetails & roadpulse.v2x.v1.StationaryVehicleDetails.$Shape} StationaryVehicleDetails
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.v2x.v1.StationaryVehicleDetails & roadpulse.v2x.v1.StationaryVehicleDetails.$Shape;
            }

            namespace StationaryVehicleDetails {

                /** Properties of a StationaryVehicleDetails. */
                interface $Properties {

                    /** StationaryVehicleDetails stationary_since */
                    stationary_since?: (number|null);

                    /** StationaryVehicleDetails un_number */
                    un_number?: (number|null);

                    /** StationaryVehicleDetails occupants */
                    occupants?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StationaryVehicleDetails. */
                type $Shape = roadpulse.v2x.v1.StationaryVehicleDetails.$Properties;
            }

            /**
             * Properties of a PerceivedObjects.
             * @deprecated Use roadpulse.v2x.v1.PerceivedObjects.$Properties instead.
             */
            interface IPerceivedObjects extends roadpulse.v2x.v1.PerceivedObjects.$Properties {
            }

            /** Represents a PerceivedObjects. */
            class PerceivedObjects {

                /**
                 * Constructs a new PerceivedObjects.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.v2x.v1.PerceivedObjects.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** PerceivedObjects reference_position. */
                reference_position?: (roadpulse.v2x.v1.GeoPoint.$Properties|null);

                /** PerceivedObjects station_type. */
                station_type: roadpulse.v2x.v1.StationType;

                /** PerceivedObjects heading_ddeg. */
                heading_ddeg?: (number|null);

                /** PerceivedObjects speed_cmps. */
                speed_cmps?: (number|null);

                /** PerceivedObjects objects. */
                objects: roadpulse.v2x.v1.PerceivedObject.$Properties[];

                /** PerceivedObjects regions. */
                regions: roadpulse.v2x.v1.PerceptionRegion.$Properties[];

                /**
                 * Encodes the specified PerceivedObjects message. Does not implicitly {@link roadpulse.v2x.v1.PerceivedObjects.verify|verify} messages.
                 * @param m PerceivedObjects message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.v2x.v1.PerceivedObjects.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PerceivedObjects message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.v2x.v1.PerceivedObjects & roadpulse.v2x.v1.PerceivedObjects.$Shape} PerceivedObjects
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.v2x.v1.PerceivedObjects & roadpulse.v2x.v1.PerceivedObjects.$Shape;
            }

            namespace PerceivedObjects {

                /** Properties of a PerceivedObjects. */
                interface $Properties {

                    /** PerceivedObjects reference_position */
                    reference_position?: (roadpulse.v2x.v1.GeoPoint.$Properties|null);

                    /** PerceivedObjects station_type */
                    station_type?: (roadpulse.v2x.v1.StationType|null);

                    /** PerceivedObjects heading_ddeg */
                    heading_ddeg?: (number|null);

                    /** PerceivedObjects speed_cmps */
                    speed_cmps?: (number|null);

                    /** PerceivedObjects objects */
                    objects?: (roadpulse.v2x.v1.PerceivedObject.$Properties[]|null);

                    /** PerceivedObjects regions */
                    regions?: (roadpulse.v2x.v1.PerceptionRegion.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a PerceivedObjects. */
                type $Shape = roadpulse.v2x.v1.PerceivedObjects.$Properties;
            }

            /**
             * Properties of a PerceivedObject.
             * @deprecated Use roadpulse.v2x.v1.PerceivedObject.$Properties instead.
             */
            interface IPerceivedObject extends roadpulse.v2x.v1.PerceivedObject.$Properties {
            }

            /** Represents a PerceivedObject. */
            class PerceivedObject {

                /**
                 * Constructs a new PerceivedObject.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.v2x.v1.PerceivedObject.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** PerceivedObject object_id. */
                object_id: number;

                /** PerceivedObject measurement_offset_ms. */
                measurement_offset_ms: number;

                /** PerceivedObject east_cm. */
                east_cm: number;

                /** PerceivedObject north_cm. */
                north_cm: number;

                /** PerceivedObject up_cm. */
                up_cm?: (number|null);

                /** PerceivedObject velocity_east_cmps. */
                velocity_east_cmps?: (number|null);

                /** PerceivedObject velocity_north_cmps. */
                velocity_north_cmps?: (number|null);

                /** PerceivedObject orientation_ddeg. */
                orientation_ddeg?: (number|null);

                /** PerceivedObject length_cm. */
                length_cm?: (number|null);

                /** PerceivedObject width_cm. */
                width_cm?: (number|null);

                /** PerceivedObject object_class. */
                object_class: roadpulse.v2x.v1.ObjectClass;

                /** PerceivedObject class_confidence_pct. */
                class_confidence_pct?: (number|null);

                /** PerceivedObject age_ms. */
                age_ms?: (number|null);

                /** PerceivedObject perception_quality. */
                perception_quality?: (number|null);

                /** PerceivedObject position_confidence_cm. */
                position_confidence_cm?: (number|null);

                /**
                 * Encodes the specified PerceivedObject message. Does not implicitly {@link roadpulse.v2x.v1.PerceivedObject.verify|verify} messages.
                 * @param m PerceivedObject message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.v2x.v1.PerceivedObject.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PerceivedObject message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.v2x.v1.PerceivedObject & roadpulse.v2x.v1.PerceivedObject.$Shape} PerceivedObject
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.v2x.v1.PerceivedObject & roadpulse.v2x.v1.PerceivedObject.$Shape;
            }

            namespace PerceivedObject {

                /** Properties of a PerceivedObject. */
                interface $Properties {

                    /** PerceivedObject object_id */
                    object_id?: (number|null);

                    /** PerceivedObject measurement_offset_ms */
                    measurement_offset_ms?: (number|null);

                    /** PerceivedObject east_cm */
                    east_cm?: (number|null);

                    /** PerceivedObject north_cm */
                    north_cm?: (number|null);

                    /** PerceivedObject up_cm */
                    up_cm?: (number|null);

                    /** PerceivedObject velocity_east_cmps */
                    velocity_east_cmps?: (number|null);

                    /** PerceivedObject velocity_north_cmps */
                    velocity_north_cmps?: (number|null);

                    /** PerceivedObject orientation_ddeg */
                    orientation_ddeg?: (number|null);

                    /** PerceivedObject length_cm */
                    length_cm?: (number|null);

                    /** PerceivedObject width_cm */
                    width_cm?: (number|null);

                    /** PerceivedObject object_class */
                    object_class?: (roadpulse.v2x.v1.ObjectClass|null);

                    /** PerceivedObject class_confidence_pct */
                    class_confidence_pct?: (number|null);

                    /** PerceivedObject age_ms */
                    age_ms?: (number|null);

                    /** PerceivedObject perception_quality */
                    perception_quality?: (number|null);

                    /** PerceivedObject position_confidence_cm */
                    position_confidence_cm?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a PerceivedObject. */
                type $Shape = roadpulse.v2x.v1.PerceivedObject.$Properties;
            }

            /** ObjectClass enum. */
            enum ObjectClass {

                /** OBJECT_CLASS_UNSPECIFIED value */
                OBJECT_CLASS_UNSPECIFIED = 0,

                /** OBJECT_CLASS_PASSENGER_CAR value */
                OBJECT_CLASS_PASSENGER_CAR = 1,

                /** OBJECT_CLASS_BUS value */
                OBJECT_CLASS_BUS = 2,

                /** OBJECT_CLASS_TRUCK value */
                OBJECT_CLASS_TRUCK = 3,

                /** OBJECT_CLASS_MOTORCYCLE value */
                OBJECT_CLASS_MOTORCYCLE = 4,

                /** OBJECT_CLASS_CYCLIST value */
                OBJECT_CLASS_CYCLIST = 5,

                /** OBJECT_CLASS_PEDESTRIAN value */
                OBJECT_CLASS_PEDESTRIAN = 6,

                /** OBJECT_CLASS_ANIMAL value */
                OBJECT_CLASS_ANIMAL = 7,

                /** OBJECT_CLASS_OTHER value */
                OBJECT_CLASS_OTHER = 8,

                /** OBJECT_CLASS_RAIL value */
                OBJECT_CLASS_RAIL = 9,

                /** OBJECT_CLASS_VRU_GROUP value */
                OBJECT_CLASS_VRU_GROUP = 10
            }

            /**
             * Properties of a PerceptionRegion.
             * @deprecated Use roadpulse.v2x.v1.PerceptionRegion.$Properties instead.
             */
            interface IPerceptionRegion extends roadpulse.v2x.v1.PerceptionRegion.$Properties {
            }

            /** Represents a PerceptionRegion. */
            class PerceptionRegion {

                /**
                 * Constructs a new PerceptionRegion.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.v2x.v1.PerceptionRegion.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** PerceptionRegion radius_cm. */
                radius_cm: number;

                /** PerceptionRegion start_ddeg. */
                start_ddeg: number;

                /** PerceptionRegion end_ddeg. */
                end_ddeg: number;

                /**
                 * Encodes the specified PerceptionRegion message. Does not implicitly {@link roadpulse.v2x.v1.PerceptionRegion.verify|verify} messages.
                 * @param m PerceptionRegion message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.v2x.v1.PerceptionRegion.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PerceptionRegion message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.v2x.v1.PerceptionRegion & roadpulse.v2x.v1.PerceptionRegion.$Shape} PerceptionRegion
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.v2x.v1.PerceptionRegion & roadpulse.v2x.v1.PerceptionRegion.$Shape;
            }

            namespace PerceptionRegion {

                /** Properties of a PerceptionRegion. */
                interface $Properties {

                    /** PerceptionRegion radius_cm */
                    radius_cm?: (number|null);

                    /** PerceptionRegion start_ddeg */
                    start_ddeg?: (number|null);

                    /** PerceptionRegion end_ddeg */
                    end_ddeg?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a PerceptionRegion. */
                type $Shape = roadpulse.v2x.v1.PerceptionRegion.$Properties;
            }

            /**
             * Properties of a SensorReading.
             * @deprecated Use roadpulse.v2x.v1.SensorReading.$Properties instead.
             */
            interface ISensorReading extends roadpulse.v2x.v1.SensorReading.$Properties {
            }

            /** Represents a SensorReading. */
            class SensorReading {

                /**
                 * Constructs a new SensorReading.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.v2x.v1.SensorReading.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SensorReading position. */
                position?: (roadpulse.v2x.v1.GeoPoint.$Properties|null);

                /** SensorReading sensor_name. */
                sensor_name: string;

                /** SensorReading heading_ddeg. */
                heading_ddeg?: (number|null);

                /** SensorReading loop. */
                loop?: (roadpulse.v2x.v1.LoopReading.$Properties|null);

                /** SensorReading weather. */
                weather?: (roadpulse.v2x.v1.WeatherReading.$Properties|null);

                /** SensorReading unit_health. */
                unit_health?: (roadpulse.v2x.v1.UnitHealth.$Properties|null);

                /** SensorReading reading. */
                reading?: ("loop"|"weather"|"unit_health");

                /**
                 * Encodes the specified SensorReading message. Does not implicitly {@link roadpulse.v2x.v1.SensorReading.verify|verify} messages.
                 * @param m SensorReading message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.v2x.v1.SensorReading.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SensorReading message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.v2x.v1.SensorReading & roadpulse.v2x.v1.SensorReading.$Shape} SensorReading
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.v2x.v1.SensorReading & roadpulse.v2x.v1.SensorReading.$Shape;
            }

            namespace SensorReading {

                /** Properties of a SensorReading. */
                interface $Properties {

                    /** SensorReading position */
                    position?: (roadpulse.v2x.v1.GeoPoint.$Properties|null);

                    /** SensorReading sensor_name */
                    sensor_name?: (string|null);

                    /** SensorReading heading_ddeg */
                    heading_ddeg?: (number|null);

                    /** SensorReading loop */
                    loop?: (roadpulse.v2x.v1.LoopReading.$Properties|null);

                    /** SensorReading weather */
                    weather?: (roadpulse.v2x.v1.WeatherReading.$Properties|null);

                    /** SensorReading unit_health */
                    unit_health?: (roadpulse.v2x.v1.UnitHealth.$Properties|null);

                    /** SensorReading reading */
                    reading?: ("loop"|"weather"|"unit_health");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a SensorReading. */
                type $Shape = {
                  position?: roadpulse.v2x.v1.GeoPoint.$Shape|null;
                  sensor_name?: string|null;
                  heading_ddeg?: number|null;
                  loop?: roadpulse.v2x.v1.LoopReading.$Shape|null;
                  weather?: roadpulse.v2x.v1.WeatherReading.$Shape|null;
                  unit_health?: roadpulse.v2x.v1.UnitHealth.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ reading?: undefined; loop?: null; weather?: null; unit_health?: null }|{ reading?: "loop"; loop: roadpulse.v2x.v1.LoopReading.$Shape; weather?: null; unit_health?: null }|{ reading?: "weather"; loop?: null; weather: roadpulse.v2x.v1.WeatherReading.$Shape; unit_health?: null }|{ reading?: "unit_health"; loop?: null; weather?: null; unit_health: roadpulse.v2x.v1.UnitHealth.$Shape })
                );
            }

            /**
             * Properties of a LoopReading.
             * @deprecated Use roadpulse.v2x.v1.LoopReading.$Properties instead.
             */
            interface ILoopReading extends roadpulse.v2x.v1.LoopReading.$Properties {
            }

            /** Represents a LoopReading. */
            class LoopReading {

                /**
                 * Constructs a new LoopReading.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.v2x.v1.LoopReading.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** LoopReading period_s. */
                period_s: number;

                /** LoopReading lanes. */
                lanes: roadpulse.v2x.v1.LaneReading.$Properties[];

                /**
                 * Encodes the specified LoopReading message. Does not implicitly {@link roadpulse.v2x.v1.LoopReading.verify|verify} messages.
                 * @param m LoopReading message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.v2x.v1.LoopReading.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LoopReading message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.v2x.v1.LoopReading & roadpulse.v2x.v1.LoopReading.$Shape} LoopReading
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.v2x.v1.LoopReading & roadpulse.v2x.v1.LoopReading.$Shape;
            }

            namespace LoopReading {

                /** Properties of a LoopReading. */
                interface $Properties {

                    /** LoopReading period_s */
                    period_s?: (number|null);

                    /** LoopReading lanes */
                    lanes?: (roadpulse.v2x.v1.LaneReading.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a LoopReading. */
                type $Shape = roadpulse.v2x.v1.LoopReading.$Properties;
            }

            /**
             * Properties of a LaneReading.
             * @deprecated Use roadpulse.v2x.v1.LaneReading.$Properties instead.
             */
            interface ILaneReading extends roadpulse.v2x.v1.LaneReading.$Properties {
            }

            /** Represents a LaneReading. */
            class LaneReading {

                /**
                 * Constructs a new LaneReading.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.v2x.v1.LaneReading.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** LaneReading lane. */
                lane: number;

                /** LaneReading vehicles. */
                vehicles?: (number|null);

                /** LaneReading mean_speed_cmps. */
                mean_speed_cmps?: (number|null);

                /** LaneReading occupancy_permille. */
                occupancy_permille?: (number|null);

                /** LaneReading faulty. */
                faulty: boolean;

                /**
                 * Encodes the specified LaneReading message. Does not implicitly {@link roadpulse.v2x.v1.LaneReading.verify|verify} messages.
                 * @param m LaneReading message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.v2x.v1.LaneReading.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LaneReading message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.v2x.v1.LaneReading & roadpulse.v2x.v1.LaneReading.$Shape} LaneReading
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.v2x.v1.LaneReading & roadpulse.v2x.v1.LaneReading.$Shape;
            }

            namespace LaneReading {

                /** Properties of a LaneReading. */
                interface $Properties {

                    /** LaneReading lane */
                    lane?: (number|null);

                    /** LaneReading vehicles */
                    vehicles?: (number|null);

                    /** LaneReading mean_speed_cmps */
                    mean_speed_cmps?: (number|null);

                    /** LaneReading occupancy_permille */
                    occupancy_permille?: (number|null);

                    /** LaneReading faulty */
                    faulty?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a LaneReading. */
                type $Shape = roadpulse.v2x.v1.LaneReading.$Properties;
            }

            /**
             * Properties of a WeatherReading.
             * @deprecated Use roadpulse.v2x.v1.WeatherReading.$Properties instead.
             */
            interface IWeatherReading extends roadpulse.v2x.v1.WeatherReading.$Properties {
            }

            /** Represents a WeatherReading. */
            class WeatherReading {

                /**
                 * Constructs a new WeatherReading.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.v2x.v1.WeatherReading.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** WeatherReading visibility_m. */
                visibility_m?: (number|null);

                /** WeatherReading precipitation_cmm_per_h. */
                precipitation_cmm_per_h?: (number|null);

                /** WeatherReading air_temperature_dc. */
                air_temperature_dc?: (number|null);

                /** WeatherReading surface_temperature_dc. */
                surface_temperature_dc?: (number|null);

                /** WeatherReading surface_state. */
                surface_state: roadpulse.v2x.v1.SurfaceState;

                /** WeatherReading water_film_cmm. */
                water_film_cmm?: (number|null);

                /** WeatherReading wind_dmps. */
                wind_dmps?: (number|null);

                /** WeatherReading gust_dmps. */
                gust_dmps?: (number|null);

                /** WeatherReading friction_pct. */
                friction_pct?: (number|null);

                /**
                 * Encodes the specified WeatherReading message. Does not implicitly {@link roadpulse.v2x.v1.WeatherReading.verify|verify} messages.
                 * @param m WeatherReading message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.v2x.v1.WeatherReading.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WeatherReading message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.v2x.v1.WeatherReading & roadpulse.v2x.v1.WeatherReading.$Shape} WeatherReading
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.v2x.v1.WeatherReading & roadpulse.v2x.v1.WeatherReading.$Shape;
            }

            namespace WeatherReading {

                /** Properties of a WeatherReading. */
                interface $Properties {

                    /** WeatherReading visibility_m */
                    visibility_m?: (number|null);

                    /** WeatherReading precipitation_cmm_per_h */
                    precipitation_cmm_per_h?: (number|null);

                    /** WeatherReading air_temperature_dc */
                    air_temperature_dc?: (number|null);

                    /** WeatherReading surface_temperature_dc */
                    surface_temperature_dc?: (number|null);

                    /** WeatherReading surface_state */
                    surface_state?: (roadpulse.v2x.v1.SurfaceState|null);

                    /** WeatherReading water_film_cmm */
                    water_film_cmm?: (number|null);

                    /** WeatherReading wind_dmps */
                    wind_dmps?: (number|null);

                    /** WeatherReading gust_dmps */
                    gust_dmps?: (number|null);

                    /** WeatherReading friction_pct */
                    friction_pct?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a WeatherReading. */
                type $Shape = roadpulse.v2x.v1.WeatherReading.$Properties;
            }

            /** SurfaceState enum. */
            enum SurfaceState {

                /** SURFACE_STATE_UNSPECIFIED value */
                SURFACE_STATE_UNSPECIFIED = 0,

                /** SURFACE_STATE_DRY value */
                SURFACE_STATE_DRY = 1,

                /** SURFACE_STATE_MOIST value */
                SURFACE_STATE_MOIST = 2,

                /** SURFACE_STATE_WET value */
                SURFACE_STATE_WET = 3,

                /** SURFACE_STATE_STANDING_WATER value */
                SURFACE_STATE_STANDING_WATER = 4,

                /** SURFACE_STATE_ICE value */
                SURFACE_STATE_ICE = 5,

                /** SURFACE_STATE_SNOW value */
                SURFACE_STATE_SNOW = 6,

                /** SURFACE_STATE_FROST value */
                SURFACE_STATE_FROST = 7
            }

            /**
             * Properties of a UnitHealth.
             * @deprecated Use roadpulse.v2x.v1.UnitHealth.$Properties instead.
             */
            interface IUnitHealth extends roadpulse.v2x.v1.UnitHealth.$Properties {
            }

            /** Represents a UnitHealth. */
            class UnitHealth {

                /**
                 * Constructs a new UnitHealth.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.v2x.v1.UnitHealth.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** UnitHealth uptime_s. */
                uptime_s?: (number|null);

                /** UnitHealth cpu_pct. */
                cpu_pct?: (number|null);

                /** UnitHealth queued_messages. */
                queued_messages?: (number|null);

                /** UnitHealth lost_messages. */
                lost_messages?: (number|null);

                /** UnitHealth silent_ms. */
                silent_ms?: (number|null);

                /** UnitHealth gnss_locked. */
                gnss_locked?: (boolean|null);

                /** UnitHealth clock_offset_ms. */
                clock_offset_ms?: (number|null);

                /**
                 * Encodes the specified UnitHealth message. Does not implicitly {@link roadpulse.v2x.v1.UnitHealth.verify|verify} messages.
                 * @param m UnitHealth message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.v2x.v1.UnitHealth.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a UnitHealth message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.v2x.v1.UnitHealth & roadpulse.v2x.v1.UnitHealth.$Shape} UnitHealth
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.v2x.v1.UnitHealth & roadpulse.v2x.v1.UnitHealth.$Shape;
            }

            namespace UnitHealth {

                /** Properties of a UnitHealth. */
                interface $Properties {

                    /** UnitHealth uptime_s */
                    uptime_s?: (number|null);

                    /** UnitHealth cpu_pct */
                    cpu_pct?: (number|null);

                    /** UnitHealth queued_messages */
                    queued_messages?: (number|null);

                    /** UnitHealth lost_messages */
                    lost_messages?: (number|null);

                    /** UnitHealth silent_ms */
                    silent_ms?: (number|null);

                    /** UnitHealth gnss_locked */
                    gnss_locked?: (boolean|null);

                    /** UnitHealth clock_offset_ms */
                    clock_offset_ms?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a UnitHealth. */
                type $Shape = roadpulse.v2x.v1.UnitHealth.$Properties;
            }

            /**
             * Properties of a SignalState.
             * @deprecated Use roadpulse.v2x.v1.SignalState.$Properties instead.
             */
            interface ISignalState extends roadpulse.v2x.v1.SignalState.$Properties {
            }

            /** Represents a SignalState. */
            class SignalState {

                /**
                 * Constructs a new SignalState.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.v2x.v1.SignalState.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SignalState intersection. */
                intersection?: (roadpulse.v2x.v1.IntersectionId.$Properties|null);

                /** SignalState revision. */
                revision: number;

                /** SignalState status_bits. */
                status_bits?: (number|null);

                /** SignalState groups. */
                groups: roadpulse.v2x.v1.SignalGroupState.$Properties[];

                /**
                 * Encodes the specified SignalState message. Does not implicitly {@link roadpulse.v2x.v1.SignalState.verify|verify} messages.
                 * @param m SignalState message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.v2x.v1.SignalState.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SignalState message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.v2x.v1.SignalState & roadpulse.v2x.v1.SignalState.$Shape} SignalState
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.v2x.v1.SignalState & roadpulse.v2x.v1.SignalState.$Shape;
            }

            namespace SignalState {

                /** Properties of a SignalState. */
                interface $Properties {

                    /** SignalState intersection */
                    intersection?: (roadpulse.v2x.v1.IntersectionId.$Properties|null);

                    /** SignalState revision */
                    revision?: (number|null);

                    /** SignalState status_bits */
                    status_bits?: (number|null);

                    /** SignalState groups */
                    groups?: (roadpulse.v2x.v1.SignalGroupState.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SignalState. */
                type $Shape = roadpulse.v2x.v1.SignalState.$Properties;
            }

            /**
             * Properties of an IntersectionId.
             * @deprecated Use roadpulse.v2x.v1.IntersectionId.$Properties instead.
             */
            interface IIntersectionId extends roadpulse.v2x.v1.IntersectionId.$Properties {
            }

            /** Represents an IntersectionId. */
            class IntersectionId {

                /**
                 * Constructs a new IntersectionId.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.v2x.v1.IntersectionId.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** IntersectionId region. */
                region?: (number|null);

                /** IntersectionId id. */
                id: number;

                /**
                 * Encodes the specified IntersectionId message. Does not implicitly {@link roadpulse.v2x.v1.IntersectionId.verify|verify} messages.
                 * @param m IntersectionId message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.v2x.v1.IntersectionId.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an IntersectionId message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.v2x.v1.IntersectionId & roadpulse.v2x.v1.IntersectionId.$Shape} IntersectionId
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.v2x.v1.IntersectionId & roadpulse.v2x.v1.IntersectionId.$Shape;
            }

            namespace IntersectionId {

                /** Properties of an IntersectionId. */
                interface $Properties {

                    /** IntersectionId region */
                    region?: (number|null);

                    /** IntersectionId id */
                    id?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an IntersectionId. */
                type $Shape = roadpulse.v2x.v1.IntersectionId.$Properties;
            }

            /**
             * Properties of a SignalGroupState.
             * @deprecated Use roadpulse.v2x.v1.SignalGroupState.$Properties instead.
             */
            interface ISignalGroupState extends roadpulse.v2x.v1.SignalGroupState.$Properties {
            }

            /** Represents a SignalGroupState. */
            class SignalGroupState {

                /**
                 * Constructs a new SignalGroupState.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.v2x.v1.SignalGroupState.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SignalGroupState signal_group. */
                signal_group: number;

                /** SignalGroupState phase. */
                phase: roadpulse.v2x.v1.SignalPhase;

                /** SignalGroupState min_end_offset_ms. */
                min_end_offset_ms?: (number|null);

                /** SignalGroupState max_end_offset_ms. */
                max_end_offset_ms?: (number|null);

                /** SignalGroupState likely_end_offset_ms. */
                likely_end_offset_ms?: (number|null);

                /** SignalGroupState confidence_pct. */
                confidence_pct?: (number|null);

                /** SignalGroupState advised_speed_dmps. */
                advised_speed_dmps?: (number|null);

                /**
                 * Encodes the specified SignalGroupState message. Does not implicitly {@link roadpulse.v2x.v1.SignalGroupState.verify|verify} messages.
                 * @param m SignalGroupState message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.v2x.v1.SignalGroupState.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SignalGroupState message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.v2x.v1.SignalGroupState & roadpulse.v2x.v1.SignalGroupState.$Shape} SignalGroupState
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.v2x.v1.SignalGroupState & roadpulse.v2x.v1.SignalGroupState.$Shape;
            }

            namespace SignalGroupState {

                /** Properties of a SignalGroupState. */
                interface $Properties {

                    /** SignalGroupState signal_group */
                    signal_group?: (number|null);

                    /** SignalGroupState phase */
                    phase?: (roadpulse.v2x.v1.SignalPhase|null);

                    /** SignalGroupState min_end_offset_ms */
                    min_end_offset_ms?: (number|null);

                    /** SignalGroupState max_end_offset_ms */
                    max_end_offset_ms?: (number|null);

                    /** SignalGroupState likely_end_offset_ms */
                    likely_end_offset_ms?: (number|null);

                    /** SignalGroupState confidence_pct */
                    confidence_pct?: (number|null);

                    /** SignalGroupState advised_speed_dmps */
                    advised_speed_dmps?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SignalGroupState. */
                type $Shape = roadpulse.v2x.v1.SignalGroupState.$Properties;
            }

            /** SignalPhase enum. */
            enum SignalPhase {

                /** SIGNAL_PHASE_UNSPECIFIED value */
                SIGNAL_PHASE_UNSPECIFIED = 0,

                /** SIGNAL_PHASE_DARK value */
                SIGNAL_PHASE_DARK = 1,

                /** SIGNAL_PHASE_STOP_THEN_PROCEED value */
                SIGNAL_PHASE_STOP_THEN_PROCEED = 2,

                /** SIGNAL_PHASE_STOP_AND_REMAIN value */
                SIGNAL_PHASE_STOP_AND_REMAIN = 3,

                /** SIGNAL_PHASE_PRE_MOVEMENT value */
                SIGNAL_PHASE_PRE_MOVEMENT = 4,

                /** SIGNAL_PHASE_PERMISSIVE_MOVEMENT_ALLOWED value */
                SIGNAL_PHASE_PERMISSIVE_MOVEMENT_ALLOWED = 5,

                /** SIGNAL_PHASE_PROTECTED_MOVEMENT_ALLOWED value */
                SIGNAL_PHASE_PROTECTED_MOVEMENT_ALLOWED = 6,

                /** SIGNAL_PHASE_PERMISSIVE_CLEARANCE value */
                SIGNAL_PHASE_PERMISSIVE_CLEARANCE = 7,

                /** SIGNAL_PHASE_PROTECTED_CLEARANCE value */
                SIGNAL_PHASE_PROTECTED_CLEARANCE = 8,

                /** SIGNAL_PHASE_CAUTION_CONFLICTING_TRAFFIC value */
                SIGNAL_PHASE_CAUTION_CONFLICTING_TRAFFIC = 9
            }

            /**
             * Properties of an IntersectionMap.
             * @deprecated Use roadpulse.v2x.v1.IntersectionMap.$Properties instead.
             */
            interface IIntersectionMap extends roadpulse.v2x.v1.IntersectionMap.$Properties {
            }

            /** Represents an IntersectionMap. */
            class IntersectionMap {

                /**
                 * Constructs a new IntersectionMap.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.v2x.v1.IntersectionMap.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** IntersectionMap intersection. */
                intersection?: (roadpulse.v2x.v1.IntersectionId.$Properties|null);

                /** IntersectionMap revision. */
                revision: number;

                /** IntersectionMap reference_point. */
                reference_point?: (roadpulse.v2x.v1.GeoPoint.$Properties|null);

                /** IntersectionMap lane_width_cm. */
                lane_width_cm?: (number|null);

                /** IntersectionMap lanes. */
                lanes: roadpulse.v2x.v1.IntersectionLane.$Properties[];

                /** IntersectionMap name. */
                name: string;

                /**
                 * Encodes the specified IntersectionMap message. Does not implicitly {@link roadpulse.v2x.v1.IntersectionMap.verify|verify} messages.
                 * @param m IntersectionMap message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.v2x.v1.IntersectionMap.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an IntersectionMap message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.v2x.v1.IntersectionMap & roadpulse.v2x.v1.IntersectionMap.$Shape} IntersectionMap
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.v2x.v1.IntersectionMap & roadpulse.v2x.v1.IntersectionMap.$Shape;
            }

            namespace IntersectionMap {

                /** Properties of an IntersectionMap. */
                interface $Properties {

                    /** IntersectionMap intersection */
                    intersection?: (roadpulse.v2x.v1.IntersectionId.$Properties|null);

                    /** IntersectionMap revision */
                    revision?: (number|null);

                    /** IntersectionMap reference_point */
                    reference_point?: (roadpulse.v2x.v1.GeoPoint.$Properties|null);

                    /** IntersectionMap lane_width_cm */
                    lane_width_cm?: (number|null);

                    /** IntersectionMap lanes */
                    lanes?: (roadpulse.v2x.v1.IntersectionLane.$Properties[]|null);

                    /** IntersectionMap name */
                    name?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an IntersectionMap. */
                type $Shape = roadpulse.v2x.v1.IntersectionMap.$Properties;
            }

            /**
             * Properties of an IntersectionLane.
             * @deprecated Use roadpulse.v2x.v1.IntersectionLane.$Properties instead.
             */
            interface IIntersectionLane extends roadpulse.v2x.v1.IntersectionLane.$Properties {
            }

            /** Represents an IntersectionLane. */
            class IntersectionLane {

                /**
                 * Constructs a new IntersectionLane.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.v2x.v1.IntersectionLane.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** IntersectionLane lane_id. */
                lane_id: number;

                /** IntersectionLane ingress. */
                ingress: boolean;

                /** IntersectionLane egress. */
                egress: boolean;

                /** IntersectionLane lane_type. */
                lane_type: roadpulse.v2x.v1.LaneType;

                /** IntersectionLane nodes. */
                nodes: roadpulse.v2x.v1.LaneNode.$Properties[];

                /** IntersectionLane connections. */
                connections: roadpulse.v2x.v1.LaneConnection.$Properties[];

                /** IntersectionLane speed_limit_kmph. */
                speed_limit_kmph?: (number|null);

                /**
                 * Encodes the specified IntersectionLane message. Does not implicitly {@link roadpulse.v2x.v1.IntersectionLane.verify|verify} messages.
                 * @param m IntersectionLane message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.v2x.v1.IntersectionLane.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an IntersectionLane message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.v2x.v1.IntersectionLane & roadpulse.v2x.v1.IntersectionLane.$Shape} IntersectionLane
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.v2x.v1.IntersectionLane & roadpulse.v2x.v1.IntersectionLane.$Shape;
            }

            namespace IntersectionLane {

                /** Properties of an IntersectionLane. */
                interface $Properties {

                    /** IntersectionLane lane_id */
                    lane_id?: (number|null);

                    /** IntersectionLane ingress */
                    ingress?: (boolean|null);

                    /** IntersectionLane egress */
                    egress?: (boolean|null);

                    /** IntersectionLane lane_type */
                    lane_type?: (roadpulse.v2x.v1.LaneType|null);

                    /** IntersectionLane nodes */
                    nodes?: (roadpulse.v2x.v1.LaneNode.$Properties[]|null);

                    /** IntersectionLane connections */
                    connections?: (roadpulse.v2x.v1.LaneConnection.$Properties[]|null);

                    /** IntersectionLane speed_limit_kmph */
                    speed_limit_kmph?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an IntersectionLane. */
                type $Shape = roadpulse.v2x.v1.IntersectionLane.$Properties;
            }

            /**
             * Properties of a LaneNode.
             * @deprecated Use roadpulse.v2x.v1.LaneNode.$Properties instead.
             */
            interface ILaneNode extends roadpulse.v2x.v1.LaneNode.$Properties {
            }

            /** Represents a LaneNode. */
            class LaneNode {

                /**
                 * Constructs a new LaneNode.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.v2x.v1.LaneNode.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** LaneNode east_cm. */
                east_cm: number;

                /** LaneNode north_cm. */
                north_cm: number;

                /**
                 * Encodes the specified LaneNode message. Does not implicitly {@link roadpulse.v2x.v1.LaneNode.verify|verify} messages.
                 * @param m LaneNode message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.v2x.v1.LaneNode.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LaneNode message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.v2x.v1.LaneNode & roadpulse.v2x.v1.LaneNode.$Shape} LaneNode
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.v2x.v1.LaneNode & roadpulse.v2x.v1.LaneNode.$Shape;
            }

            namespace LaneNode {

                /** Properties of a LaneNode. */
                interface $Properties {

                    /** LaneNode east_cm */
                    east_cm?: (number|null);

                    /** LaneNode north_cm */
                    north_cm?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a LaneNode. */
                type $Shape = roadpulse.v2x.v1.LaneNode.$Properties;
            }

            /**
             * Properties of a LaneConnection.
             * @deprecated Use roadpulse.v2x.v1.LaneConnection.$Properties instead.
             */
            interface ILaneConnection extends roadpulse.v2x.v1.LaneConnection.$Properties {
            }

            /** Represents a LaneConnection. */
            class LaneConnection {

                /**
                 * Constructs a new LaneConnection.
                 * @param [p] Properties to set
                 */
                constructor(p?: roadpulse.v2x.v1.LaneConnection.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** LaneConnection lane_id. */
                lane_id: number;

                /** LaneConnection signal_group. */
                signal_group?: (number|null);

                /** LaneConnection maneuver_bits. */
                maneuver_bits?: (number|null);

                /**
                 * Encodes the specified LaneConnection message. Does not implicitly {@link roadpulse.v2x.v1.LaneConnection.verify|verify} messages.
                 * @param m LaneConnection message or plain object to encode
                 * @param [w] Writer to encode to
                 * @returns Writer
                 */
                static encode(m: roadpulse.v2x.v1.LaneConnection.$Properties, w?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LaneConnection message from the specified reader or buffer.
                 * @param r Reader or buffer to decode from
                 * @param [l] Message length if known beforehand
                 * @returns {roadpulse.v2x.v1.LaneConnection & roadpulse.v2x.v1.LaneConnection.$Shape} LaneConnection
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(r: ($protobuf.Reader|Uint8Array), l?: number): roadpulse.v2x.v1.LaneConnection & roadpulse.v2x.v1.LaneConnection.$Shape;
            }

            namespace LaneConnection {

                /** Properties of a LaneConnection. */
                interface $Properties {

                    /** LaneConnection lane_id */
                    lane_id?: (number|null);

                    /** LaneConnection signal_group */
                    signal_group?: (number|null);

                    /** LaneConnection maneuver_bits */
                    maneuver_bits?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a LaneConnection. */
                type $Shape = roadpulse.v2x.v1.LaneConnection.$Properties;
            }

            /** LaneType enum. */
            enum LaneType {

                /** LANE_TYPE_UNSPECIFIED value */
                LANE_TYPE_UNSPECIFIED = 0,

                /** LANE_TYPE_VEHICLE value */
                LANE_TYPE_VEHICLE = 1,

                /** LANE_TYPE_CROSSWALK value */
                LANE_TYPE_CROSSWALK = 2,

                /** LANE_TYPE_BIKE value */
                LANE_TYPE_BIKE = 3,

                /** LANE_TYPE_SIDEWALK value */
                LANE_TYPE_SIDEWALK = 4,

                /** LANE_TYPE_TRACKED_VEHICLE value */
                LANE_TYPE_TRACKED_VEHICLE = 5,

                /** LANE_TYPE_PARKING value */
                LANE_TYPE_PARKING = 6
            }
        }
    }
}
