using System.Text;

namespace TinyNas.Model.Tests;

[TestClass]
public class DeviceCatalogueTests
{
    private static readonly DeviceCatalogue Devices = DeviceCatalogue.BuiltIn;

    [TestMethod]
    public void TheCatalogueHoldsAtLeastSixtyDevicesOfSeveralVendors()
    {
        Assert.IsGreaterThanOrEqualTo(60, Devices.All.Count);
        Assert.IsGreaterThanOrEqualTo(10, Devices.All.Select(d => d.Vendor).Distinct().Count());
    }

    [TestMethod]
    public void NoNameOrAliasStandsForTwoDevices()
    {
        string[] keys = [.. Devices.All.SelectMany(d => d.Aliases.Prepend(d.Name)).Select(n => string.Concat(n.Where(char.IsLetterOrDigit)).ToUpperInvariant())];
        CollectionAssert.AllItemsAreUnique(keys);
    }

    [TestMethod]
    public void EveryDeviceIsPlausibleAndHasASource()
    {
        foreach (Device d in Devices.All)
        {
            CollectionAssert.Contains(Device.Cores.ToArray(), d.Core, d.Name);
            Assert.IsTrue(d.Clock is >= 8_000_000 and <= 1_000_000_000, d.Name);
            Assert.IsTrue(d.Ram is >= 1024 and <= 8 << 20 && d.Ram % 512 == 0, d.Name);
            Assert.IsTrue(d.Flash is >= 8192 and <= 32 << 20 && d.Flash % 1024 == 0 && d.Flash > d.Ram, d.Name);
            Assert.IsTrue(d.Source.Contains("datasheet") || d.Source.Contains("specification") || d.Source.Contains("manual") || d.Source.Contains("technical data") || d.Source.Contains("table"), d.Name);
            // Published scores lie within what the cores are known for: from 2 per MHz (Cortex-M0+) to 6 (Cortex-M85).
            if (d.CoreMark is { } mark) Assert.IsTrue(mark / (d.Clock / 1e6) is > 1.5 and < 7, d.Name);
        }
    }

    [TestMethod]
    public void ExtensionsBelongToTheCore()
    {
        foreach (Device d in Devices.All)
        {
            Assert.IsTrue(!d.Dsp || d.Core is "cortex-m4" or "cortex-m7" or "cortex-m33" or "cortex-m55" or "cortex-m85", d.Name);
            Assert.IsTrue(d.Dsp || d.Core is not ("cortex-m4" or "cortex-m7" or "cortex-m55" or "cortex-m85"), d.Name);
            Assert.IsTrue(!d.Fpu || !d.Core.StartsWith("cortex-m", StringComparison.Ordinal) || d.Dsp, d.Name);
            Assert.IsTrue(!d.Helium || d.Core is "cortex-m55" or "cortex-m85", d.Name);
        }
    }

    [TestMethod]
    [DataRow("stm32l412kb", "STM32L412KB")]
    [DataRow("STM32L412KBU3", "STM32L412KB")]
    [DataRow("STM32L010RBT6", "STM32L010RB")]
    [DataRow("STM32L151UCY6DTR", "STM32L151UC")]
    [DataRow("Nano 33 BLE", "nRF52840")]
    [DataRow("arduino nano 33 ble sense", "nRF52840")]
    [DataRow("RP2040", "Raspberry Pi Pico")]
    [DataRow("Pico", "Raspberry Pi Pico")]
    [DataRow("Nucleo_F411RE", "STM32F411RE")]
    [DataRow("STM32F411RET6", "STM32F411RE")]
    public void DevicesAreFoundByNameAliasAndOrderingCode(string name, string expected) => Assert.AreEqual(expected, Devices.Find(name)?.Name);

    [TestMethod]
    [DataRow("STM32")]
    [DataRow("STM32L412")]
    [DataRow("")]
    [DataRow("Nano")]
    public void WhatNamesNoDeviceFindsNone(string name) => Assert.IsNull(Devices.Find(name));

    [TestMethod]
    [DataRow("STM32L421KB", "STM32L412KB")]
    [DataRow("nrf5284", "nRF52840")]
    [DataRow("Rasberry Pi Pico2", "Raspberry Pi Pico 2")]
    [DataRow("esp32s3", "ESP32-S3")]
    [DataRow("Nano 33 BEL", "Nano 33 BLE")]
    [DataRow("nucleo-f412re", "NUCLEO-F411RE")]
    public void TheClosestNameIsTheOneThatWasMeant(string written, string meant) => Assert.AreEqual(meant, Devices.Closest(written)[0]);

    [TestMethod]
    public void WhatIsSuggestedCanBeWritten()
    {
        IReadOnlyList<string> names = Devices.Closest("nano33");
        Assert.HasCount(3, names.Select(n => Devices.Find(n)!.Name).Distinct());
        CollectionAssert.Contains(names.ToArray(), "Nano 33 BLE");
    }

    [TestMethod]
    public void ACutNameSuggestsItsSeries()
    {
        foreach (string name in Devices.Closest("STM32F4")) StringAssert.StartsWith(name, "STM32F4");
    }

    [TestMethod]
    public void AFileOfTheUsersAddsAndReplacesDevices()
    {
        DeviceCatalogue devices = With("""
            [ // our own boards
              { "name": "Badge 7", "vendor": "us", "core": "cortex-m33", "clock": 64000000, "ram": 30000, "flash": 200000, "source": "its linker script", "dsp": true, "aliases": ["badge"] },
              { "name": "nRF52840", "vendor": "Nordic", "core": "cortex-m4", "clock": 64000000, "ram": 200000, "flash": 800000, "source": "with our radio stack" },
            ]
            """);
        Assert.AreEqual(30000, devices.Find("Badge")!.Ram);
        Assert.IsTrue(devices.Find("badge7")!.Dsp);
        Assert.AreEqual(200000, devices.Find("nrf52840")!.Ram);
        Assert.IsNull(devices.Find("nRF52840 DK"), "a replaced device takes its aliases along");
        Assert.HasCount(Devices.All.Count + 1, devices.All);
        Assert.AreEqual(262144, Devices.Find("nRF52840")!.Ram, "the package's own list stays as it is");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("null")]
    [DataRow("{}")]
    [DataRow("[null]")]
    [DataRow("""[{ "name": "A", "vendor": "", "core": "cortex-m4", "clock": 1, "ram": 0, "flash": 1, "source": "" }]""")]
    [DataRow("""[{ "name": "A", "vendor": "", "core": "pentium", "clock": 1, "ram": 1, "flash": 1, "source": "" }]""")]
    [DataRow("""[{ "name": "A", "vendor": "", "core": "cortex-m4", "clock": 1, "rom": 1, "ram": 1, "flash": 1, "source": "" }]""")]
    [DataRow("""[{ "name": "--", "vendor": "", "core": "cortex-m4", "clock": 1, "ram": 1, "flash": 1, "source": "" }]""")]
    [DataRow("""[{ "name": "A", "vendor": "", "core": "cortex-m4", "clock": 1, "ram": 1, "flash": 1, "source": "", "aliases": [null] }]""")]
    [DataRow("""[{ "name": "A", "vendor": "", "core": "cortex-m4", "clock": 1, "ram": 1, "flash": 1, "source": "", "aliases": null }]""")]
    public void AWrongFileIsADiagnosticThatNamesIt(string json)
    {
        var problem = Assert.ThrowsExactly<TinyNasException>(() => With(json));
        Assert.AreSame(DiagnosticCatalogue.DeviceFileUnreadable, problem.Diagnostic);
        StringAssert.StartsWith(problem.Message, "boards.json: ");
        Assert.AreEqual("DeviceFile", problem.Setting);
    }

    private static DeviceCatalogue With(string json) => Devices.With(Encoding.UTF8.GetBytes(json), "boards.json");
}
