package io.rxsim.bench.scenario;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.NearNames;
import io.rxsim.core.run.Scenario;
import io.rxsim.core.run.Steering;
import io.rxsim.core.xfrm.CryptoMode;
import io.rxsim.core.xfrm.XfrmConfig;
import io.rxsim.steering.SteeringCatalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/** Reads a scenario with its variants into runs. The reference of all keys is config/reference.yaml. */
public final class StudyReader {
    private static final String WORKLOAD = "workload";
    private static final List<String> VARIANT_KEYS = List.of(
            "name",
            "steering",
            "kernel",
            "without",
            MachineReader.BOOT,
            "nic",
            "sysctl",
            "queues",
            "crypto",
            "esp",
            TimelineReader.KEY,
            WORKLOAD);
    /** What no variant may change, but for settings of the workload. */
    private static final List<String> COMMON_KEYS = Stream.concat(
                    Settings.KEYS.stream(), Stream.of(PublishedReader.KEY))
            .toList();

    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9 ._+-]{0,31}";

    private final Path folder;
    private final List<String> defaults = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Scenario> scenarios = new ArrayList<>();
    private final List<LongFunction<Scenario>> bySeed = new ArrayList<>();
    private final List<Map<String, Object>> variants = new ArrayList<>();
    private Map<String, Object> effective;
    private Settings common;
    private Tree.Mapping commonTree;
    private Workload.Reader reader;

    private StudyReader(Path folder) {
        this.folder = folder;
    }

    /** Reads a file, with overlays laid over it in order. */
    public static Study read(Path file, List<Tree.Mapping> overlays, Workload.Reader reader) {
        Path folder = file.toAbsolutePath().getParent();
        return read(YamlText.read(file), folder, overlays, reader);
    }

    /**
     * Reads a document.
     *
     * @param document the scenario
     * @param folder what relative file names start from
     * @param overlays laid over it in order
     * @param reader reads the workload
     */
    public static Study read(Tree.Mapping document, Path folder, List<Tree.Mapping> overlays, Workload.Reader reader) {
        Tree.Mapping base = document;
        for (Tree.Mapping overlay : overlays) {
            refuseVariants(overlay);
            base = Overlay.merge(base, overlay);
        }
        return new StudyReader(folder).readAll(base, reader);
    }

    private static void refuseVariants(Tree.Mapping overlay) {
        if (overlay.entries().containsKey("variants")) {
            throw new BadInputException(overlay.at(), "variants can only be given in the file");
        }
    }

    private Study readAll(Tree.Mapping document, Workload.Reader itsReader) {
        Tree.Mapping base = Tree.copy(document);
        commonTree = Tree.empty(document.at());
        reader = itsReader;
        for (String key : COMMON_KEYS) {
            Tree.Entry entry = base.entries().remove(key);
            if (entry != null) {
                commonTree.entries().put(key, entry);
            }
        }
        Tree.Entry variantsEntry = base.entries().remove("variants");
        Tree.Entry steeringEntry = base.entries().remove("steering");
        refuseUnknown(base);
        Section root = Section.root(commonTree, defaults);
        common = new Settings(root, folder, reader);
        Steering steering = steeringEntry == null ? null : policy(steeringEntry);
        if (variantsEntry != null) {
            readVariants(
                    base, variantsEntry, steering == null ? SteeringCatalog.steering(SteeringCatalog.RFS) : steering);
        } else if (common.workload().encrypted()) {
            readCryptoModes(base, steering);
        } else if (steering != null) {
            readOne(base, steering.name(), steering, common);
        } else {
            readOne(base, "none", SteeringCatalog.steering(SteeringCatalog.NONE), common);
            readOne(base, "RPS", SteeringCatalog.steering(SteeringCatalog.RPS), common);
            readOne(base, "RFS", SteeringCatalog.steering(SteeringCatalog.RFS), common);
        }
        PublishedFigures published = PublishedReader.read(
                root, scenarios.stream().map(Scenario::name).toList());
        Map<String, Object> complete = new LinkedHashMap<>(effective);
        complete.putAll(root.effective());
        complete.put("variants", variants);
        Repetitions repetitions = new Repetitions(common.seed(), common.repeat(), scenarios, bySeed);
        return new Study(scenarios, repetitions, common.workload(), published, complete, defaults, notes);
    }

    private static void refuseUnknown(Tree.Mapping base) {
        List<String> allowed = new ArrayList<>(MachineReader.KEYS);
        allowed.addAll(CryptoReader.KEYS);
        allowed.addAll(COMMON_KEYS);
        allowed.addAll(List.of("steering", "variants", Matrix.KEY));
        if (base.entries().containsKey(Matrix.KEY)) {
            throw new BadInputException(
                    base.entries().get(Matrix.KEY).keyAt(), "matrix can only be given in the file, to rx run");
        }
        base.entries().forEach((key, entry) -> {
            if (!allowed.contains(key)) {
                throw new BadInputException(entry.keyAt(), "unknown key " + key + NearNames.hint(key, allowed));
            }
        });
    }

    private void readVariants(Tree.Mapping base, Tree.Entry variantsEntry, Steering defaultSteering) {
        if (!(variantsEntry.value() instanceof Tree.Sequence list)
                || list.items().isEmpty()) {
            throw new BadInputException(
                    variantsEntry.value().at(),
                    "variants: expected a list with at least one variant, e.g. - name: RPS");
        }
        List<String> names = new ArrayList<>();
        for (Tree item : list.items()) {
            if (!(item instanceof Tree.Mapping mapping)) {
                throw new BadInputException(item.at(), "variants: expected keys and values, found " + item.kind());
            }
            mapping.entries().forEach((key, entry) -> {
                if (!VARIANT_KEYS.contains(key)) {
                    throw new BadInputException(
                            entry.keyAt(), "unknown key variants." + key + NearNames.hint(key, VARIANT_KEYS));
                }
            });
            Tree.Mapping overlay = Tree.copy(mapping);
            Tree.Entry name = overlay.entries().remove("name");
            Tree.Entry steering = overlay.entries().remove("steering");
            Tree.Entry workload = overlay.entries().remove(WORKLOAD);
            names.add(variantName(name, mapping.at(), names));
            Steering policy = steering == null ? defaultSteering : policy(steering);
            readOne(
                    Overlay.merge(base, overlay),
                    names.get(names.size() - 1),
                    policy,
                    workload == null ? common : withWorkload(workload));
            if (workload != null) {
                variants.get(variants.size() - 1).put(WORKLOAD, Tree.plain(workload.value()));
            }
        }
    }

    /** The common parts with changes to the workload. */
    private Settings withWorkload(Tree.Entry changes) {
        if (!(changes.value() instanceof Tree.Mapping mapping)) {
            throw new BadInputException(
                    changes.value().at(),
                    "variants.workload: expected keys and values, found "
                            + changes.value().kind());
        }
        for (String key : List.of("capture", "test")) {
            Tree.Entry entry = mapping.entries().get(key);
            if (entry != null) {
                throw new BadInputException(
                        entry.keyAt(), "variants.workload." + key + ": a variant changes settings of the test only");
            }
        }
        Tree.Mapping over = Tree.empty(mapping.at());
        over.entries().put(WORKLOAD, changes);
        Section section = Section.root(Overlay.merge(commonTree, over), new ArrayList<>());
        return new Settings(section, folder, reader);
    }

    /** One variant per place where packets may be decrypted, named after it; by default steered as the kernel can. */
    private void readCryptoModes(Tree.Mapping base, Steering steering) {
        Tree.Entry given = base.entries().get(CryptoReader.CRYPTO);
        Where at = given == null ? base.at() : given.value().at();
        boolean steers = hasRps(base);
        String byDefault = steers ? SteeringCatalog.RFS : SteeringCatalog.NONE;
        Steering policy = steering == null ? SteeringCatalog.steering(byDefault) : steering;
        for (String mode : CryptoReader.compared(given, steers)) {
            Tree.Mapping settings = Tree.copy(base);
            settings.entries().put(CryptoReader.CRYPTO, new Tree.Entry(at, new Tree.Scalar(mode, true, at)));
            readOne(settings, mode, policy, common);
        }
    }

    /** Whether the kernel that is asked for has RPS; what is no kernel's name is refused where it is read. */
    private static boolean hasRps(Tree.Mapping base) {
        Tree.Entry kernel = base.entries().get("kernel");
        String version = kernel != null && kernel.value() instanceof Tree.Scalar scalar ? scalar.text() : "";
        return !KernelRules.versions().contains(version)
                || KernelRules.of(version).hasRps();
    }

    private static String variantName(Tree.Entry entry, Where variant, List<String> earlier) {
        if (entry == null) {
            throw new BadInputException(variant, "variants.name is missing");
        }
        String name = Section.scalar("name", entry.value());
        if (!name.matches(NAME)) {
            throw new BadInputException(
                    entry.value().at(), "name=" + name + ", allowed are 1 to 32 letters, digits, blanks and ._+-");
        }
        if (earlier.stream().anyMatch(name::equalsIgnoreCase)) {
            throw new BadInputException(entry.value().at(), "name=" + name + " is used by an earlier variant");
        }
        return name;
    }

    private static Steering policy(Tree.Entry entry) {
        try {
            return SteeringCatalog.steering(Section.scalar("steering", entry.value()));
        } catch (BadInputException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new BadInputException(entry.value().at(), e.getMessage());
        }
    }

    private static void refuseSteering(Tree.Mapping settings, KernelRules rules, Steering steering) {
        boolean allowed = List.of(SteeringCatalog.NONE, SteeringCatalog.ORACLE).contains(steering.name());
        if (!rules.hasRps() && !allowed) {
            throw new BadInputException(
                    settings.at(),
                    "steering=" + steering.name() + ": " + MachineReader.withoutRps(rules)
                            + ", allowed are none and oracle");
        }
    }

    private static void requireFilters(Section root, Machine machine, String variant, List<String> remarks) {
        if (machine.rules().version().equals(KernelRules.V2_6_35.version())) {
            throw new BadInputException(
                    root.at(), "steering=arfs: v2.6.35 has no accelerated RFS, allowed is kernel: v6.18");
        }
        if (machine.nic().ntuple().filters() == 0) {
            remarks.add(variant + ": nic.ntuple_filters=0, so arfs steers as rfs does");
        }
    }

    /** Decrypting flow by flow is what steering makes of it. */
    private static void refuseUnsteeredFlows(Section root, XfrmConfig xfrm, Steering steering) {
        if (xfrm != null
                && xfrm.crypto() == CryptoMode.PER_FLOW
                && steering.name().equals(SteeringCatalog.NONE)) {
            throw root.error(
                    CryptoReader.CRYPTO, "crypto=per-flow with steering=none, allowed with rps, rfs or oracle");
        }
    }

    private void readOne(Tree.Mapping settings, String name, Steering steering, Settings others) {
        List<String> taken = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        Section root = Section.root(settings, taken);
        MachineReader.Result host = new MachineReader(root, folder, remarks).read();
        XfrmConfig xfrm = CryptoReader.read(
                root, host.machine().online(), common.workload().encrypted(), remarks);
        root.finish();
        refuseSteering(settings, host.machine().rules(), steering);
        if (steering.name().equals(SteeringCatalog.ARFS)) {
            requireFilters(root, host.machine(), name, remarks);
        }
        refuseUnsteeredFlows(root, xfrm, steering);
        if (effective == null) {
            effective = root.effective();
            defaults.addAll(0, taken);
        }
        LongFunction<Scenario> ofSeed = seed -> root.build(() -> new Scenario(
                name,
                host.machine(),
                steering,
                others.load(host, seed),
                others.measure(),
                seed,
                host.timeline(),
                xfrm));
        scenarios.add(ofSeed.apply(common.seed()));
        bySeed.add(ofSeed);
        remarks.stream().filter(note -> !notes.contains(note)).forEach(notes::add);
        Map<String, Object> variant = new LinkedHashMap<>();
        variant.put("name", name);
        variant.put("steering", steering.name());
        variant.putAll(Difference.of(effective, root.effective()));
        variants.add(variant);
    }
}
