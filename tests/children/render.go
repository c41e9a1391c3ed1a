// Expands templates as KrakenD's flexible configuration does: text/template with the settings by their names, and the
// function marshal. KrakenD offers more functions; the template of the gateway uses no other.
//
// Reads [{"template": text, "settings": {name: text}}, ...] from standard input, and prints the list of what they become.
package main

import (
	"bytes"
	"encoding/json"
	"log"
	"os"
	"text/template"
)

type configuration struct {
	Template string
	Settings map[string]string
}

func marshal(value interface{}) string {
	text, err := json.Marshal(value)
	if err != nil {
		log.Fatal(err)
	}
	return string(text)
}

func expanded(config configuration) string {
	settings := map[string]interface{}{}
	for name, text := range config.Settings {
		var values map[string]interface{}
		if err := json.Unmarshal([]byte(text), &values); err != nil {
			log.Fatal(name, ": ", err)
		}
		settings[name] = values
	}
	parsed, err := template.New("krakend.tmpl").Funcs(template.FuncMap{"marshal": marshal}).Parse(config.Template)
	if err != nil {
		log.Fatal(err)
	}
	var text bytes.Buffer
	if err := parsed.Execute(&text, settings); err != nil {
		log.Fatal(err)
	}
	return text.String()
}

func main() {
	var given []configuration
	if err := json.NewDecoder(os.Stdin).Decode(&given); err != nil {
		log.Fatal(err)
	}
	texts := []string{}
	for _, each := range given {
		texts = append(texts, expanded(each))
	}
	if err := json.NewEncoder(os.Stdout).Encode(texts); err != nil {
		log.Fatal(err)
	}
}
