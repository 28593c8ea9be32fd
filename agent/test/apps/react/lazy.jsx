// A page that is loaded when its route is asked for.
export const About = () => <h1>About</h1>;
export default About;
