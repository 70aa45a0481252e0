using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ThinIce.Registry.Keys;
using ThinIce.Registry.Model;

namespace ThinIce.Registry.Events;

/// <summary>
/// Links events by hash. An event's hash covers the one before it, and who and when only by a salted commitment, and the
/// payload only as it is stored: so after erasure, when salt, time and payload are gone, every hash still verifies.
/// It shows alteration by somebody who cannot rewrite the rest of the chain; against somebody who can, note the heads elsewhere.
/// </summary>
internal static class Chain
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    public const string PayloadUse = "event";

    /// <summary>The next event, with the head moved on to it.</summary>
    public static Event Append(ChainHead head, EventType type, Guid act, DateTimeOffset at, Actor actor, Guid? subject, SubjectKey? key, EventPayload payload)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(payload, Json);
        var made = new Event
        {
            ClinicId = head.ClinicId, Number = head.Number + 1, Type = type.Name, Act = act, At = at, ActorKind = actor.Kind, ActorId = actor.Id, Subject = subject,
            Salt = RandomNumberGenerator.GetBytes(16), IsSealed = key is not null, Payload = key is null ? plain : key.SealBytes(plain, PayloadUse),
        };
        made.Commitment = Commitment(made);
        made.PayloadHash = SHA256.HashData(made.Payload);
        made.Hash = Hash(head.Hash, made);
        (head.Number, head.Hash) = (made.Number, made.Hash);
        return made;
    }

    public static EventPayload Read(Event made, SubjectKey? key) =>
        JsonSerializer.Deserialize<EventPayload>(made.IsSealed ? key!.OpenBytes(made.Payload, PayloadUse) : made.Payload!, Json)!;

    public static byte[] Commitment(Event made) => SHA256.HashData(
        [.. made.Salt!, .. Encoding.UTF8.GetBytes($"{made.Act:N}|{RowImage.Instant(made.At)}|{made.ActorKind}|{made.ActorId:N}|{made.Subject:N}|{made.IsSealed}")]);

    public static byte[] Hash(byte[] previous, Event made)
    {
        var number = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, made.Number);
        return SHA256.HashData([.. previous, .. made.ClinicId.Value.ToByteArray(bigEndian: true), .. number, .. Encoding.UTF8.GetBytes(made.Type), 0, .. made.Commitment, .. made.PayloadHash]);
    }
}
