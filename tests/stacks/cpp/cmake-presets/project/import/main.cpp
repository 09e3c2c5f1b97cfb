#include <boost/program_options.hpp>

int main(int count, char **words)
{
    boost::program_options::options_description known;
    boost::program_options::variables_map given;
    store(parse_command_line(count, words, known), given);
}
