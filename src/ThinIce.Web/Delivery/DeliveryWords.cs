namespace ThinIce.Web.Delivery;

/// <summary>Key of the words of messages; they stand in the .resx beside this file.</summary>
public sealed class DeliveryWords;
